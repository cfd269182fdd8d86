package io.slipway.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.Capability;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@Capability("1.1")
class ProposalTest {

    private static NewItem item(String key, int value, String... needs) {
        return new NewItem(key, "Item " + key, ItemKind.FEATURE, value, 1, 1, false, false, List.of(needs));
    }

    private static NewItem item(String key, ItemKind kind, String... needs) {
        return new NewItem(key, "Item " + key, kind, 0, 1, 1, false, false, List.of(needs));
    }

    private static void assertIn(Proposal proposal, String key, String reason) {
        assertThat(proposal.on(key)).isEqualTo(new Proposal.Verdict(true, reason));
    }

    private static void assertOut(Proposal proposal, String key, String reason) {
        assertThat(proposal.on(key)).isEqualTo(new Proposal.Verdict(false, "left out: " + reason));
    }

    @Test
    void takesWhatIsWorthSomethingAndWhateverThatNeeds() {
        Proposal proposal = Proposal.of(
                List.of(
                        item("PRICES", 0),
                        item("DISCOUNT", 70, "PRICES"),
                        item("COUPON", 40, "DISCOUNT"),
                        item("TIDY", 0)),
                Set.of(),
                Set.of());

        assertIn(proposal, "PRICES", "needed by DISCOUNT");
        assertIn(proposal, "DISCOUNT", "chosen: value 70");
        assertIn(proposal, "COUPON", "chosen: value 40");
        assertOut(proposal, "TIDY", "has no value of its own, and nothing that is included needs it");
    }

    @Test
    void takesWhatLawOrSecurityAskForWhateverItsValue() {
        Proposal proposal = Proposal.of(
                List.of(item("VAT", ItemKind.REGULATORY), item("LIMIT", ItemKind.SECURITY)), Set.of(), Set.of());

        assertIn(proposal, "VAT", "chosen: regulatory");
        assertIn(proposal, "LIMIT", "chosen: security");
    }

    @Test
    void namesWhatIsMissingAndLeavesOutWhatNeedsTheItemThatMissesIt() {
        Proposal proposal = Proposal.of(
                List.of(item("A", 10, "GONE", "AWAY"), item("B", 10, "A"), item("C", 10, "B"), item("D", 10)),
                Set.of(),
                Set.of());

        assertOut(proposal, "A", "needs GONE, AWAY, which are neither among the items nor delivered before");
        assertOut(proposal, "B", "needs A, which is left out");
        assertOut(proposal, "C", "needs B, which is left out");
        assertIn(proposal, "D", "chosen: value 10");
    }

    @Test
    void countsWhatAnEarlierReleaseDelivered() {
        Proposal proposal = Proposal.of(List.of(item("A", 10, "OLD")), Set.of("OLD"), Set.of());

        assertIn(proposal, "A", "chosen: value 10");
    }

    @Test
    void namesThreeOfManyThatNeedAnItem() {
        List<NewItem> items = new ArrayList<>(List.of(item("BASE", 0)));
        IntStream.rangeClosed(1, 5).forEach(i -> items.add(item("I" + i, 1, "BASE")));

        assertIn(Proposal.of(items, Set.of(), Set.of()), "BASE", "needed by I1, I2, I3 and 2 more");
    }

    @Test
    void leavesOutWhatWasNeededOnlyBySomethingUnwanted() {
        Proposal proposal = Proposal.of(List.of(item("BASE", 0), item("TOP", 10, "BASE")), Set.of(), Set.of("TOP"));

        assertThat(proposal.on("TOP").included()).isFalse();
        assertOut(proposal, "BASE", "has no value of its own, and nothing that is included needs it");
    }

    @Test
    void knowsOnlyItsItems() {
        assertThatThrownBy(() -> Proposal.of(List.of(), Set.of(), Set.of()).on("A"))
                .hasMessageContaining("A was not among the items");
    }

    /**
     * What can be delivered are sets of items in which every need is met. The union of two such sets is one as well, so there is a
     * largest; the proposal must be the smallest of them that has all chosen items of the largest.
     */
    @Test
    void isTheSmallestDeliverableSetWithEveryChosenItemThatCanBeDelivered() {
        Random random = new Random(11);
        for (int round = 0; round < 3_000; round++) {
            List<NewItem> items = randomItems(random);
            Set<String> delivered = random.nextBoolean() ? Set.of("GONE") : Set.of();

            Set<String> largest = new HashSet<>();
            List<Set<String>> deliverable = new ArrayList<>();
            for (int bits = 0; bits < 1 << items.size(); bits++) {
                Set<String> candidate = keys(items, bits);
                if (met(items, candidate, delivered)) {
                    deliverable.add(candidate);
                    largest.addAll(candidate);
                }
            }
            Set<String> chosen = items.stream()
                    .filter(item -> item.value() > 0 && largest.contains(item.key()))
                    .map(NewItem::key)
                    .collect(Collectors.toSet());
            Set<String> smallest = new HashSet<>(largest);
            deliverable.stream()
                    .filter(candidate -> candidate.containsAll(chosen))
                    .forEach(smallest::retainAll);

            Proposal proposal = Proposal.of(items, delivered, Set.of());
            Set<String> included = items.stream()
                    .map(NewItem::key)
                    .filter(key -> proposal.on(key).included())
                    .collect(Collectors.toSet());
            assertThat(included).as("proposal for " + items).isEqualTo(smallest);
        }
    }

    private static List<NewItem> randomItems(Random random) {
        int count = 1 + random.nextInt(6);
        List<NewItem> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<String> needs = new ArrayList<>();
            for (int j = 0; j < count; j++) {
                if (i != j && random.nextInt(4) == 0) {
                    needs.add("I" + j);
                }
            }
            if (random.nextInt(6) == 0) {
                needs.add("GONE");
            }
            items.add(item("I" + i, random.nextInt(3), needs.toArray(String[]::new)));
        }
        return items;
    }

    private static Set<String> keys(List<NewItem> items, int bits) {
        return IntStream.range(0, items.size())
                .filter(i -> (bits & (1 << i)) != 0)
                .mapToObj(i -> items.get(i).key())
                .collect(Collectors.toSet());
    }

    private static boolean met(List<NewItem> items, Set<String> candidate, Set<String> delivered) {
        return items.stream()
                .filter(item -> candidate.contains(item.key()))
                .flatMap(item -> item.dependsOn().stream())
                .allMatch(needed -> candidate.contains(needed) || delivered.contains(needed));
    }
}
