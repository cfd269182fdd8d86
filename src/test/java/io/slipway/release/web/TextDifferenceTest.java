package io.slipway.release.web;

import static io.slipway.release.web.TextDifference.Change.ADDED;
import static io.slipway.release.web.TextDifference.Change.GAP;
import static io.slipway.release.web.TextDifference.Change.REMOVED;
import static io.slipway.release.web.TextDifference.Change.SAME;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextDifferenceTest {

    private static String lines(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> i + "\n").collect(Collectors.joining());
    }

    @Test
    void saysNothingOfEqualTexts() {
        assertThat(TextDifference.between("a\nb\n", "a\nb\n")).isEmpty();
    }

    @Test
    void showsAChangedLineWithThreeLinesAroundIt() {
        String before = lines(1, 20);
        String after = before.replace("10\n", "ten\n");

        assertThat(TextDifference.between(before, after))
                .extracting(line -> line.change() + line.text())
                .containsExactly(
                        GAP.name(),
                        SAME + "7",
                        SAME + "8",
                        SAME + "9",
                        REMOVED + "10",
                        ADDED + "ten",
                        SAME + "11",
                        SAME + "12",
                        SAME + "13");
    }

    @Test
    void showsLinesBetweenTwoNearChangesOnce() {
        String before = lines(1, 8);
        String after = before.replace("2\n", "two\n").replace("5\n", "five\n");

        assertThat(TextDifference.between(before, after))
                .extracting(line -> line.change() + line.text())
                .containsExactly(
                        SAME + "1",
                        REMOVED + "2",
                        ADDED + "two",
                        SAME + "3",
                        SAME + "4",
                        REMOVED + "5",
                        ADDED + "five",
                        SAME + "6",
                        SAME + "7",
                        SAME + "8");
    }

    @Test
    void addsEveryLineWhereThereWasNothing() {
        assertThat(TextDifference.between("", "a\nb\n"))
                .extracting(TextDifference.Line::change)
                .containsExactly(ADDED, ADDED);
    }
}
