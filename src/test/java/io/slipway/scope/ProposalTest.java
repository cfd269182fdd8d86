package io.slipway.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.Capability;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.ToIntFunction;
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

    /** As much as anybody likes, and nothing that is wanted or not. */
    private static Proposal of(List<NewItem> items, Set<String> delivered, Set<String> unwanted) {
        return of(items, delivered, unwanted, Integer.MAX_VALUE);
    }

    private static Proposal of(List<NewItem> items, Set<String> delivered, Set<String> unwanted, int capacity) {
        return Proposal.of(
                items,
                delivered,
                new Proposal.Terms(unwanted, Set.of(), capacity, LocalDate.of(2026, 6, 1), Duration.ofSeconds(60)));
    }

    private static NewItem item(String key, ItemKind kind, int value, int effort, String... needs) {
        return new NewItem(key, "Item " + key, kind, value, effort, 1, false, false, List.of(needs));
    }

    private static void assertIn(Proposal proposal, String key, String reason) {
        assertThat(proposal.on(key)).isEqualTo(new Proposal.Verdict(true, reason));
    }

    private static void assertOut(Proposal proposal, String key, String reason) {
        assertThat(proposal.on(key)).isEqualTo(new Proposal.Verdict(false, "left out: " + reason));
    }

    @Test
    void takesWhatIsWorthSomethingAndWhateverThatNeeds() {
        Proposal proposal = of(
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
        Proposal proposal =
                of(List.of(item("VAT", ItemKind.REGULATORY), item("LIMIT", ItemKind.SECURITY)), Set.of(), Set.of());

        assertIn(proposal, "VAT", "chosen: regulatory");
        assertIn(proposal, "LIMIT", "chosen: security");
    }

    @Test
    void namesWhatIsMissingAndLeavesOutWhatNeedsTheItemThatMissesIt() {
        Proposal proposal = of(
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
        Proposal proposal = of(List.of(item("A", 10, "OLD")), Set.of("OLD"), Set.of());

        assertIn(proposal, "A", "chosen: value 10");
    }

    @Test
    void namesThreeOfManyThatNeedAnItem() {
        List<NewItem> items = new ArrayList<>(List.of(item("BASE", 0)));
        IntStream.rangeClosed(1, 5).forEach(i -> items.add(item("I" + i, 1, "BASE")));

        assertIn(of(items, Set.of(), Set.of()), "BASE", "needed by I1, I2, I3 and 2 more");
    }

    @Test
    void leavesOutWhatWasNeededOnlyBySomethingUnwanted() {
        Proposal proposal = of(List.of(item("BASE", 0), item("TOP", 10, "BASE")), Set.of(), Set.of("TOP"));

        assertThat(proposal.on("TOP").included()).isFalse();
        assertOut(proposal, "BASE", "has no value of its own, and nothing that is included needs it");
    }

    @Test
    void knowsOnlyItsItems() {
        assertThatThrownBy(() -> of(List.of(), Set.of(), Set.of()).on("A"))
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

            Proposal proposal = of(items, delivered, Set.of());
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

    @Test
    void spendsTheCapacityWhereItIsWorthMost() {
        List<NewItem> items = List.of(
                item("BIG", ItemKind.FEATURE, 60, 10),
                item("LEFT", ItemKind.FEATURE, 35, 5),
                item("RIGHT", ItemKind.FEATURE, 34, 3, "BASE"),
                item("BASE", ItemKind.TECHNICAL_DEBT, 0, 2));

        Proposal proposal = of(items, Set.of(), Set.of(), 10);

        assertThat(proposal.included()).containsExactly("LEFT", "RIGHT", "BASE");
        assertThat(proposal.proven()).isTrue();
        assertThat(proposal.clash()).isEmpty();
        assertOut(proposal, "BIG", "takes 10 person days, and the capacity of 10 is worth more with other items");
    }

    @Test
    void takesFirstWhatMustBeInByThen() {
        NewItem law = new NewItem(
                "LAW",
                "Law",
                ItemKind.REGULATORY,
                0,
                9,
                1,
                false,
                false,
                List.of(),
                null,
                null,
                LocalDate.of(2026, 5, 1),
                false,
                false);
        NewItem laterLaw = new NewItem(
                "LATER",
                "Later law",
                ItemKind.REGULATORY,
                1,
                9,
                1,
                false,
                false,
                List.of(),
                null,
                null,
                LocalDate.of(2026, 6, 2),
                false,
                false);
        Proposal proposal = of(List.of(law, laterLaw, item("BIG", ItemKind.FEATURE, 100, 2)), Set.of(), Set.of(), 10);

        assertThat(proposal.included()).containsExactly("LAW");
        assertIn(proposal, "LAW", "chosen: regulatory, due 2026-05-01");
        assertOut(proposal, "BIG", "takes 2 person days, and the capacity of 10 is worth more with other items");
    }

    @Test
    void namesAsFewAsClashAndKeepsWhatFitsOfThem() {
        List<NewItem> items = List.of(
                item("SMALL", ItemKind.SECURITY, 1, 1),
                item("VAT", ItemKind.REGULATORY, 5, 4, "RATES"),
                item("RATES", ItemKind.TECHNICAL_DEBT, 0, 3),
                item("LIMIT", ItemKind.SECURITY, 9, 5),
                item("NICE", ItemKind.FEATURE, 100, 1));

        Proposal proposal = of(items, Set.of(), Set.of(), 10);

        assertThat(proposal.clash())
                .contains(
                        "The capacity of 10 person days is too small: VAT (regulatory) and LIMIT (security) must be in"
                                + " and take 12 with what is needed for it (RATES).");
        assertThat(proposal.clashing()).containsExactly("VAT", "LIMIT");
        assertThat(proposal.included()).containsExactly("SMALL", "LIMIT", "NICE");
        assertOut(
                proposal,
                "VAT",
                "must be in (regulatory) and takes 7 person days with what it needs, but does not fit beside LIMIT");
    }

    @Test
    void namesWhatMustBeInAndCannotBeDelivered() {
        assertThat(of(List.of(item("VAT", ItemKind.REGULATORY, "GONE")), Set.of(), Set.of())
                        .clash())
                .contains("VAT (regulatory) must be in, but needs GONE, which is neither among the items nor delivered"
                        + " before.");
    }

    /** Every selection that fits and meets every need is tried; none may be worth more. */
    @Test
    void isWorthAsMuchAsTheBestOfAllSelections() {
        Random random = new Random(12);
        for (int round = 0; round < 2_000; round++) {
            List<NewItem> items = new ArrayList<>();
            int count = 1 + random.nextInt(9);
            for (int i = 0; i < count; i++) {
                List<String> needs = new ArrayList<>();
                for (int j = 0; j < i; j++) {
                    if (random.nextInt(5) == 0) {
                        needs.add("I" + j);
                    }
                }
                ItemKind kind = random.nextInt(7) == 0 ? ItemKind.SECURITY : ItemKind.FEATURE;
                items.add(item("I" + i, kind, random.nextInt(10), random.nextInt(6), needs.toArray(String[]::new)));
            }
            int capacity = random.nextInt(25);
            Set<String> must = items.stream()
                    .filter(item -> item.kind() == ItemKind.SECURITY)
                    .map(NewItem::key)
                    .collect(Collectors.toSet());
            int best = -1;
            for (int bits = 0; bits < 1 << count; bits++) {
                Set<String> candidate = keys(items, bits);
                if (candidate.containsAll(must)
                        && met(items, candidate, Set.of())
                        && sum(items, candidate, NewItem::effort) <= capacity) {
                    best = Math.max(best, sum(items, candidate, NewItem::value));
                }
            }

            Proposal proposal = of(items, Set.of(), Set.of(), capacity);
            Set<String> included = proposal.included();
            assertThat(proposal.proven()).isTrue();
            assertThat(met(items, included, Set.of())).isTrue();
            assertThat(sum(items, included, NewItem::effort)).isLessThanOrEqualTo(capacity);
            assertThat(proposal.clash().isPresent())
                    .as("clash of " + items + " under " + capacity)
                    .isEqualTo(best < 0);
            if (best >= 0) {
                assertThat(included).containsAll(must);
                assertThat(sum(items, included, NewItem::value))
                        .as("value of " + included + " of " + items + " under " + capacity)
                        .isEqualTo(best);
            }
        }
    }

    @Test
    void provesTheBestOfTwoHundredItemsInBoundedTime() {
        for (int seed = 0; seed < 4; seed++) {
            Random random = new Random(seed);
            List<NewItem> items = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String[] needs = new String[i == 0 ? 0 : random.nextInt(3)];
                for (int j = 0; j < needs.length; j++) {
                    needs[j] = "I" + random.nextInt(i);
                }
                items.add(item("I" + i, ItemKind.FEATURE, random.nextInt(101), 1 + random.nextInt(20), needs));
            }
            int capacity = items.stream().mapToInt(NewItem::effort).sum() / (2 + seed % 3);

            Proposal proposal = of(items, Set.of(), Set.of(), capacity);

            assertThat(proposal.proven()).as("a proof for seed " + seed).isTrue();
            assertThat(met(items, proposal.included(), Set.of())).isTrue();
            assertThat(sum(items, proposal.included(), NewItem::effort)).isLessThanOrEqualTo(capacity);
        }
    }

    private static int sum(List<NewItem> items, Set<String> keys, ToIntFunction<NewItem> what) {
        return items.stream()
                .filter(item -> keys.contains(item.key()))
                .mapToInt(what)
                .sum();
    }
}
