package io.slipway.platform.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class ListTotalTest {

    private static final int SIZE = 25;

    private final JdbcClient jdbc = JdbcClient.create(new DriverManagerDataSource("jdbc:h2:mem:"));

    private Page<Long> page(int rows, int number) {
        Pageable page = PageRequest.of(number, SIZE);
        String from = " from system_range(1, ?)";
        long total = jdbc.sql(ListTotal.sql(from, page))
                .param(rows)
                .query(Long.class)
                .single();
        List<Long> content = jdbc.sql("select x" + from + " order by x limit ? offset ?")
                .params(rows, page.getPageSize(), page.getOffset())
                .query(Long.class)
                .list();
        return new PageImpl<>(content, page, total);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 24, 25, 26, 99, 100, 101, 124, 125, 126, 150, 1_001})
    void leadsForwardToTheLastRowAndNoFurther(int rows) {
        int number = 0;
        long seen = 0;
        Page<Long> page = page(rows, number);
        seen += page.getNumberOfElements();
        while (page.hasNext()) {
            assertThat(page.getTotalElements()).isGreaterThan(seen);
            page = page(rows, ++number);
            seen += page.getNumberOfElements();
        }

        assertThat(seen).isEqualTo(rows);
        assertThat(ListTotal.exact(page)).as("at the last page").isTrue();
        assertThat(page.getTotalElements()).isEqualTo(rows);
        assertThat(number).isEqualTo(Math.max(0, (rows - 1) / SIZE));
    }

    @Test
    void isExactUpToTheBound() {
        assertThat(ListTotal.exact(page(0, 0))).isTrue();
        assertThat(ListTotal.exact(page(ListTotal.BOUND, 0))).isTrue();
        assertThat(page(ListTotal.BOUND, 0).getTotalElements()).isEqualTo(ListTotal.BOUND);
        assertThat(ListTotal.exact(page(ListTotal.BOUND + 1, 0))).isFalse();
        assertThat(ListTotal.exact(page(ListTotal.BOUND + 1, 4))).isTrue();
    }

    @Test
    void countsOneRowBeyondTheBoundAndBeyondThePage() {
        assertThat(page(1_000_000, 0).getTotalElements()).isEqualTo(ListTotal.BOUND + 1);
        assertThat(page(1_000_000, 3).getTotalElements()).isEqualTo(ListTotal.BOUND + 1);
        assertThat(page(1_000_000, 4).getTotalElements()).isEqualTo(126);
    }

    @Test
    void tellsTheTotalBehindTheLastPage() {
        Page<Long> behind = page(30, 9);

        assertThat(behind.getContent()).isEmpty();
        assertThat(behind.hasNext()).isFalse();
        assertThat(behind.getTotalElements()).isEqualTo(30);
        assertThat(ListTotal.exact(behind)).isTrue();
    }
}
