package io.slipway.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.PageRequest;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletContext;
import org.thymeleaf.context.WebContext;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;
import org.thymeleaf.web.servlet.JakartaServletWebApplication;

class PagingTest {

    private static Page<Integer> page(int number, int rows, int counted) {
        return new PageImpl<>(Collections.nCopies(rows, 0), PageRequest.of(number, 25), counted);
    }

    private static Document drawn(Page<Integer> rows) {
        ClassLoaderTemplateResolver templates = new ClassLoaderTemplateResolver();
        templates.setPrefix("templates/");
        templates.setSuffix(".html");
        SpringTemplateEngine engine = new SpringTemplateEngine();
        engine.setTemplateResolver(templates);
        MockServletContext servlet = new MockServletContext();
        WebContext context = new WebContext(JakartaServletWebApplication.buildApplication(servlet)
                .buildExchange(new MockHttpServletRequest(servlet), new MockHttpServletResponse()));
        context.setVariable("rows", rows);
        context.setVariable("address", "/things?state=OPEN");
        context.setVariable("part", null);
        return Jsoup.parse(engine.process("shell/paging", Set.of("paging"), context));
    }

    private static List<String> of(Page<Integer> rows) {
        Document drawn = drawn(rows);
        return List.of(
                drawn.select("[rel=prev]").attr("href"),
                drawn.select(".count").text(),
                drawn.select("[rel=next]").attr("href"));
    }

    @Test
    void saysHowManyRowsThereAreAndLeadsOn() {
        assertThat(of(page(0, 25, 100))).containsExactly("", "1–25 of 100", "/things?state=OPEN&page=1");
        assertThat(of(page(0, 25, 101))).containsExactly("", "1–25 of more than 100", "/things?state=OPEN&page=1");
        assertThat(of(page(3, 25, 100))).containsExactly("/things?state=OPEN&page=2", "76–100 of 100", "");
        assertThat(of(page(3, 25, 101)))
                .containsExactly("/things?state=OPEN&page=2", "76–100 of more than 100", "/things?state=OPEN&page=4");
        assertThat(of(page(4, 25, 126)))
                .containsExactly("/things?state=OPEN&page=3", "101–125 of more than 125", "/things?state=OPEN&page=5");
        assertThat(of(page(40, 1, 1_001))).containsExactly("/things?state=OPEN&page=39", "1001–1001 of 1,001", "");
        assertThat(drawn(page(0, 25, 25)).select("nav")).isEmpty();
        assertThat(drawn(page(0, 0, 0)).select("nav")).isEmpty();
    }

    @Test
    void tellsProgramsWhetherTheTotalIsThatOfTheWholeList() {
        assertThat(Paging.of(page(0, 25, 100), row -> row))
                .returns(100L, Paging::total)
                .returns(4, Paging::pages)
                .returns(true, Paging::exact);
        assertThat(Paging.of(page(3, 25, 101), row -> row))
                .returns(101L, Paging::total)
                .returns(5, Paging::pages)
                .returns(false, Paging::exact);
        assertThat(Paging.of(page(0, 0, 0), row -> row))
                .returns(0L, Paging::total)
                .returns(0, Paging::pages)
                .returns(true, Paging::exact);
    }

    @Test
    void takesPartsOfAListThatIsInMemory() {
        List<Integer> all = IntStream.range(0, 30).boxed().toList();

        assertThat(Paging.part(all, PageRequest.of(1, 25))).containsExactly(25, 26, 27, 28, 29);
        assertThat(Paging.part(all, PageRequest.of(2, 25))).isEmpty();
        assertThat(Paging.part(all, PageRequest.of(2, 25)).getTotalElements()).isEqualTo(30);
    }
}
