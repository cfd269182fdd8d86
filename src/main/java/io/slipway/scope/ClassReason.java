package io.slipway.scope;

import io.slipway.platform.process.RuleTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Why a release has its class: the rule that fired, and the one fact that is nearest to another class. */
record ClassReason(String rule, String nearest) {

    private static final int FARTHEST = 1_000;

    private static final Map<String, String> WORDS = Map.of(
            "urgency", "urgency",
            "breakingItems", "breaking items",
            "highestRisk", "highest risk",
            "dataMigration", "migration of data",
            "effortTotal", "effort in total",
            "usersAffected", "users affected (1 few, 2 many, 3 all)");

    static ClassReason of(ClassFacts facts, RuleTable table) {
        Map<String, Object> inputs = facts.asInputs();
        Optional<RuleTable.Fired> fired = table.evaluate(inputs);
        String rule = fired.map(found -> found.rule() + (found.because().isEmpty() ? "" : ": " + found.because()))
                .orElse("no rule");
        return new ClassReason(
                rule, fired.map(found -> nearest(inputs, found.value(), table)).orElse(""));
    }

    /** The smallest change of one fact that leads to another class: a flag first, then the number that has to move least. */
    private static String nearest(Map<String, Object> inputs, Object given, RuleTable table) {
        for (int distance = 1; distance <= FARTHEST; distance++) {
            for (Map.Entry<String, Object> input : inputs.entrySet()) {
                for (Object other : others(input.getKey(), input.getValue(), distance)) {
                    Map<String, Object> changed = new LinkedHashMap<>(inputs);
                    changed.put(input.getKey(), other);
                    Optional<Object> then =
                            table.evaluate(changed).map(RuleTable.Fired::value).filter(answer -> !answer.equals(given));
                    if (then.isPresent()) {
                        return WORDS.getOrDefault(input.getKey(), input.getKey()) + " " + other + " instead of "
                                + input.getValue() + " would make it " + then.get();
                    }
                }
            }
        }
        return "no single fact would change it";
    }

    private static List<Object> others(String name, Object value, int distance) {
        if (value instanceof Boolean flag) {
            return distance == 1 ? List.of(!flag) : List.of();
        }
        if (value instanceof Integer number) {
            int least = name.equals("highestRisk") || name.equals("usersAffected") ? 1 : 0;
            int most = name.equals("highestRisk") ? 5 : name.equals("usersAffected") ? 3 : Integer.MAX_VALUE;
            return IntStream.of(number - distance, number + distance)
                    .filter(other -> other >= least && other <= most)
                    .<Object>mapToObj(other -> other)
                    .toList();
        }
        return List.of();
    }
}
