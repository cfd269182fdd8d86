package io.slipway.governance.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.Capability;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every action that the code records is said to be a decision that stands, or not to be one. */
@Capability("8.3")
class DecisionsTest {

    private static final Pattern ACTION = Pattern.compile("\"([a-z][a-zA-Z]*\\.[a-z][a-zA-Z]*)\"");

    private static Set<String> recorded() throws IOException {
        Set<String> found = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source :
                    sources.filter(file -> file.toString().endsWith(".java")).toList()) {
                String text = Files.readString(source);
                if (text.contains("AuditTrail")) {
                    Matcher action = ACTION.matcher(text);
                    while (action.find()) {
                        found.add(action.group(1));
                    }
                }
            }
        }
        return found;
    }

    @Test
    void everyRecordedActionIsSortedByWhetherWhoDidItMustStayKnown() throws IOException {
        Set<String> sorted = new TreeSet<>(Decisions.ACTIONS);
        try (var lines = getClass().getResourceAsStream("no-decisions.txt")) {
            List<String> others = new String(lines.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
            assertThat(others).as("in one list only").doesNotContainAnyElementsOf(Decisions.ACTIONS);
            sorted.addAll(others);
        }

        Set<String> recorded = recorded();

        assertThat(recorded).contains("scope.grantExitWaiver", "risk.raise");
        assertThat(sorted)
                .as("add a new action to Decisions or, when nobody decides anything by it, to no-decisions.txt")
                .containsAll(recorded);
        assertThat(recorded).as("a decision that nobody records any more").containsAll(Decisions.ACTIONS);
    }
}
