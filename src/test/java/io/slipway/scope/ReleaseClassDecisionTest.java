package io.slipway.scope;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.Capability;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.delegate.DmnDecisionTableEvaluationEvent;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;

@Capability("1.3")
class ReleaseClassDecisionTest {

    private static final Set<String> FIRED = new HashSet<>();
    private static final Map<Map<String, @Nullable Object>, String> ASKED = new HashMap<>();
    private static final DmnEngine ENGINE = engine();
    private static final DmnDecision TABLE = table();

    private static DmnEngine engine() {
        DefaultDmnEngineConfiguration configuration = new DefaultDmnEngineConfiguration();
        configuration
                .getCustomPostDecisionTableEvaluationListeners()
                .add((DmnDecisionTableEvaluationEvent event) ->
                        event.getMatchingRules().forEach(rule -> FIRED.add(rule.getId())));
        return configuration.buildEngine();
    }

    private static DmnDecision table() {
        try (InputStream in = new ClassPathResource("bpmn/scope/release-class.dmn").getInputStream()) {
            return ENGINE.parseDecision("release-class", in);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, @Nullable Object> minor() {
        Map<String, @Nullable Object> facts = new HashMap<>();
        facts.put("urgency", "NORMAL");
        facts.put("breakingItems", 0);
        facts.put("highestRisk", 3);
        facts.put("dataMigration", false);
        facts.put("effortTotal", 40);
        facts.put("usersAffected", 2);
        return facts;
    }

    private static String classOf(Map<String, @Nullable Object> facts) {
        return ASKED.computeIfAbsent(
                facts, unasked -> ENGINE.evaluateDecisionTable(TABLE, unasked).getSingleEntry());
    }

    private static @Nullable Object value(String text) {
        return switch (text) {
            case "null" -> null;
            case "true", "false" -> Boolean.valueOf(text);
            default -> text.matches("-?\\d+") ? Integer.valueOf(text) : text;
        };
    }

    @Test
    void isMinorWhenEveryFactIsKnownAndNoneAsksForMoreCare() {
        assertThat(classOf(minor())).isEqualTo("MINOR");
    }

    @ParameterizedTest
    @CsvSource({
        "breakingItems, 1, MAJOR",
        "dataMigration, true, MAJOR",
        "highestRisk, 4, MAJOR",
        "highestRisk, 5, MAJOR",
        "effortTotal, 41, MAJOR",
        "urgency, EMERGENCY, EMERGENCY",
        "usersAffected, 3, MAJOR",
        "usersAffected, 1, MINOR",
        "highestRisk, 1, MINOR",
        "effortTotal, 0, MINOR"
    })
    void followsEachFactByItself(String fact, String value, String expected) {
        Map<String, @Nullable Object> facts = minor();
        facts.put(fact, value(value));

        assertThat(classOf(facts)).isEqualTo(expected);
    }

    @Test
    void isMinorForAllUsersOnlyAtLowRisk() {
        Map<String, @Nullable Object> facts = minor();
        facts.put("usersAffected", 3);
        facts.put("highestRisk", 2);

        assertThat(classOf(facts)).isEqualTo("MINOR");
    }

    @Test
    void isAnEmergencyWhateverElse() {
        Map<String, @Nullable Object> facts = minor();
        facts.put("urgency", "EMERGENCY");
        facts.put("breakingItems", 9);
        facts.put("highestRisk", 5);

        assertThat(classOf(facts)).isEqualTo("EMERGENCY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"urgency", "breakingItems", "highestRisk", "dataMigration", "effortTotal", "usersAffected"})
    void takesAMissingFactForItsWorst(String fact) {
        Map<String, @Nullable Object> missing = minor();
        missing.remove(fact);
        Map<String, @Nullable Object> unknown = minor();
        unknown.put(fact, null);

        assertThat(classOf(missing)).isEqualTo("MAJOR");
        assertThat(classOf(unknown)).isEqualTo("MAJOR");
    }

    @ParameterizedTest
    @CsvSource({"urgency, SOON", "breakingItems, -1", "highestRisk, 0", "usersAffected, 4", "effortTotal, -1"})
    void takesAValueOutOfRangeForItsWorst(String fact, String value) {
        Map<String, @Nullable Object> facts = minor();
        facts.put(fact, value(value));

        assertThat(classOf(facts)).isEqualTo("MAJOR");
    }

    @Test
    void givesNeverLessCareForMoreRisk() {
        List<String> rigor = List.of("MINOR", "MAJOR");
        for (int breaking : new int[] {0, 1}) {
            for (boolean migration : new boolean[] {false, true}) {
                for (int risk = 1; risk <= 5; risk++) {
                    for (int users = 1; users <= 3; users++) {
                        for (int effort : new int[] {0, 40, 41}) {
                            String now = classOf(facts(breaking, migration, risk, users, effort));
                            for (Map<String, @Nullable Object> worse : Arrays.asList(
                                    facts(breaking + 1, migration, risk, users, effort),
                                    facts(breaking, true, risk, users, effort),
                                    facts(breaking, migration, Math.min(5, risk + 1), users, effort),
                                    facts(breaking, migration, risk, Math.min(3, users + 1), effort),
                                    facts(breaking, migration, risk, users, effort + 1))) {
                                assertThat(rigor.indexOf(classOf(worse)))
                                        .as(worse + " after " + now)
                                        .isGreaterThanOrEqualTo(rigor.indexOf(now))
                                        .isNotNegative();
                            }
                        }
                    }
                }
            }
        }
    }

    private static Map<String, @Nullable Object> facts(
            int breaking, boolean migration, int risk, int users, int effort) {
        Map<String, @Nullable Object> facts = minor();
        facts.put("breakingItems", breaking);
        facts.put("dataMigration", migration);
        facts.put("highestRisk", risk);
        facts.put("usersAffected", users);
        facts.put("effortTotal", effort);
        return facts;
    }

    @AfterAll
    static void everyRuleHasFired() throws IOException {
        String xml = new ClassPathResource("bpmn/scope/release-class.dmn")
                .getContentAsString(java.nio.charset.StandardCharsets.UTF_8);
        Set<String> rules = java.util.regex.Pattern.compile("<rule id=\"([^\"]+)\"")
                .matcher(xml)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        assertThat(rules).isNotEmpty();
        assertThat(FIRED).containsExactlyInAnyOrderElementsOf(rules);
    }
}
