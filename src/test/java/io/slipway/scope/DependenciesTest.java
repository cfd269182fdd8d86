package io.slipway.scope;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.Capability;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

@Capability("1.1")
class DependenciesTest {

    @Test
    void findsNoCircleInAChainAndInADiamond() {
        assertThat(Dependencies.circles(
                        Map.of("A", List.of("B", "C"), "B", List.of("D"), "C", List.of("D"), "D", List.of())))
                .isEmpty();
    }

    @Test
    void findsCirclesThatHaveNothingInCommonEachByItself() {
        Map<String, List<String>> needs = new LinkedHashMap<>();
        needs.put("A", List.of("B"));
        needs.put("B", List.of("A"));
        needs.put("C", List.of("A", "D"));
        needs.put("D", List.of("C", "elsewhere"));

        assertThat(Dependencies.circles(needs)).containsExactly(List.of("A", "B"), List.of("C", "D"));
    }

    @Test
    void agreesWithAWalkFromEveryItemOnRandomNeeds() {
        Random random = new Random(7);
        for (int round = 0; round < 5_000; round++) {
            Map<String, List<String>> needs = randomNeeds(random);
            List<List<String>> circles = Dependencies.circles(needs);

            boolean anyReachesItself = needs.keySet().stream().anyMatch(key -> reachesItself(key, needs));
            assertThat(circles.isEmpty()).as("circles of " + needs).isNotEqualTo(anyReachesItself);
            Set<String> seen = new HashSet<>();
            for (List<String> circle : circles) {
                for (int i = 0; i < circle.size(); i++) {
                    assertThat(needs.get(circle.get(i))).contains(circle.get((i + 1) % circle.size()));
                    assertThat(seen.add(circle.get(i))).isTrue();
                }
            }
            needs.keySet().removeAll(seen);
            assertThat(needs.keySet().stream().noneMatch(key -> reachesItself(key, needs)))
                    .as("no circle is left without the items that were named")
                    .isTrue();
        }
    }

    private static Map<String, List<String>> randomNeeds(Random random) {
        int items = 1 + random.nextInt(7);
        Map<String, List<String>> needs = new LinkedHashMap<>();
        for (int i = 0; i < items; i++) {
            List<String> needed = new ArrayList<>();
            for (int j = 0; j < items; j++) {
                if (i != j && random.nextInt(4) == 0) {
                    needed.add("I" + j);
                }
            }
            needs.put("I" + i, needed);
        }
        return needs;
    }

    private static boolean reachesItself(String start, Map<String, List<String>> needs) {
        Set<String> seen = new HashSet<>();
        Deque<String> next = new ArrayDeque<>(needs.getOrDefault(start, List.of()));
        while (!next.isEmpty()) {
            String key = next.remove();
            if (key.equals(start)) {
                return true;
            }
            if (seen.add(key)) {
                next.addAll(needs.getOrDefault(key, List.of()));
            }
        }
        return false;
    }
}
