package io.slipway.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.platform.process.OpenBriefs;
import io.slipway.platform.process.PinnedDecisions;
import io.slipway.platform.process.RuleTable;
import io.slipway.platform.process.RuleTables;
import io.slipway.platform.security.People;
import io.slipway.platform.security.Person;
import io.slipway.release.ApprovalPart;
import io.slipway.release.AuditTrail;
import io.slipway.release.NotPermitted;
import io.slipway.release.Part;
import io.slipway.release.Permissions;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseClass;
import io.slipway.release.ReleaseCopies;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.ReleaseOutcome;
import io.slipway.release.Releases;
import io.slipway.release.Role;
import io.slipway.release.ScopeFacts;
import io.slipway.release.StoredIds;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.autoconfigure.jdbc.AutoConfigureTestDatabase;
import org.springframework.boot.test.autoconfigure.orm.jpa.DataJpaTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.data.domain.PageRequest;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** A scope is supplied, proposed, confirmed, frozen and handed over, on a real database. */
@DataJpaTest(properties = {"slipway.data=target/data/${random.uuid}", "spring.flyway.password="})
@AutoConfigureTestDatabase
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@Import({Scopes.class, ExitCriteria.class, ExitWaivers.class, ScopePart.class, FrozenScopeFacts.class})
@MockitoBean(types = {ReleaseCopies.class, OpenBriefs.class})
@SuppressWarnings("NullAway.Init")
class ScopesTest {

    private static final String OLGA = "p-olga";
    private static final String DANA = "p-dana";
    private static final String HEADER = "key,title,kind,value,effort,risk,breaking,data_migration,depends_on\n";
    private static final String ITEMS = HEADER
            + "PRICES,Rules for prices,technical-debt,0,2,1,false,false,\n"
            + "DISCOUNT,Quantity discount,feature,70,3,3,false,true,PRICES\n"
            + "COUPON,Coupons,feature,40,5,2,true,false,DISCOUNT\n"
            + "TIDY,Tidy up,technical-debt,0,1,1,false,false,\n"
            + "EXPORT,Export,feature,10,1,1,false,false,GONE\n";

    @TestConfiguration
    @EnableConfigurationProperties({ExitSettings.class, ScopeSettings.class})
    static class Ground {

        @Bean
        Clock clock() {
            return Clock.fixed(Instant.parse("2026-03-02T09:00:00Z"), ZoneOffset.UTC);
        }
    }

    @Autowired
    private Scopes scopes;

    @Autowired
    private ExitCriteria criteria;

    @Autowired
    private ScopePart part;

    @Autowired
    private ScopeFacts facts;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private jakarta.persistence.EntityManager entities;

    @MockitoBean
    private Releases releases;

    @MockitoBean
    private Permissions permissions;

    @MockitoBean
    private PinnedDecisions decisions;

    @MockitoBean
    private RuleTables tables;

    @MockitoBean
    private People people;

    @MockitoBean
    private AuditTrail audit;

    private final Person olga = org.mockito.Mockito.mock(Person.class);
    private final Release release = ReleaseFixture.storefront("2.4." + System.nanoTime());

    @BeforeEach
    void theTableGivesMajor() {
        when(decisions.evaluate(eq(release.key()), eq("release-class"), any()))
                .thenReturn(new PinnedDecisions.Answer("release-class", 3, List.of("MAJOR")));
        when(tables.open(release.key(), "release-class")).thenReturn(org.mockito.Mockito.mock(RuleTable.class));
    }

    private static byte[] csv(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Scopes.Confirmation asProposed() {
        return new Scopes.Confirmation(Map.of(), UsersAffected.MANY, null);
    }

    private static Scopes.Confirmation without(String... keys) {
        Map<String, String> reasons = new java.util.HashMap<>();
        List.of(keys).forEach(key -> reasons.put(key, "no time"));
        return new Scopes.Confirmation(reasons, UsersAffected.FEW, "Agreed on Monday");
    }

    private void proposed() {
        scopes.openRound(release);
        scopes.importItems(release, OLGA, csv(ITEMS));
        scopes.supply(release, OLGA, "from the backlog");
        scopes.propose(release);
    }

    private void classified() {
        proposed();
        scopes.confirm(release, OLGA, asProposed());
        scopes.freeze(release);
        scopes.recordClass(release, "MAJOR");
        ReleaseFixture.classified(ReleaseClass.MAJOR, release);
    }

    private List<String> in() {
        return scopes.items(release).stream()
                .filter(ScopeItem::included)
                .map(ScopeItem::key)
                .toList();
    }

    private String reason(String key) {
        return scopes.items(release).stream()
                .filter(item -> item.key().equals(key))
                .findFirst()
                .orElseThrow()
                .reason();
    }

    @Test
    @Capability("1.1")
    void proposesTheItemsWithTheirReasons() {
        proposed();

        assertThat(in()).containsExactly("PRICES", "DISCOUNT", "COUPON");
        assertThat(reason("PRICES")).isEqualTo("needed by DISCOUNT");
        assertThat(reason("DISCOUNT")).isEqualTo("chosen: value 70");
        assertThat(reason("TIDY"))
                .isEqualTo("left out: has no value of its own, and nothing that is included needs it");
        assertThat(reason("EXPORT"))
                .isEqualTo("left out: needs GONE, which is neither among the items nor delivered before");
        verify(audit)
                .record(argThat(entry -> entry.action().equals("scope.importItems")
                        && Integer.valueOf(5).equals(entry.after().get("items"))));
    }

    @Test
    @Capability("1.1")
    void keepsTheOwnerOfAnItemByTheIdOfThePerson() {
        when(people.findByLogin("olga")).thenReturn(java.util.Optional.of(olga));
        when(olga.id()).thenReturn(OLGA);
        scopes.openRound(release);
        scopes.importJson(
                release,
                OLGA,
                csv("[{\"key\":\"A\",\"title\":\"First\",\"kind\":\"patch\",\"value\":1,\"effort\":1,\"risk\":1,"
                        + "\"breaking\":false,\"dataMigration\":false,\"owner\":\"olga\",\"due\":\"2026-05-01\"}]"));

        assertThat(scopes.items(release)).singleElement().satisfies(item -> {
            assertThat(item.owner()).contains(OLGA);
            assertThat(item.due()).contains(java.time.LocalDate.of(2026, 5, 1));
        });
    }

    @Test
    @Capability("1.1")
    void countsWhatALastScopeOfASuccessfulReleaseOfTheSystemDelivered() {
        transaction.executeWithoutResult(status -> {
            earlier("2.1.0", ReleaseOutcome.SUCCESSFUL, "BEFORE");
            earlier("2.2.0", ReleaseOutcome.ROLLED_BACK, "TAKEN-BACK");
        });
        scopes.openRound(release);
        scopes.importItems(
                release,
                OLGA,
                csv(HEADER
                        + "A,First,feature,1,1,1,false,false,BEFORE\nB,Second,feature,1,1,1,false,false,TAKEN-BACK\n"));
        scopes.propose(release);

        assertThat(in()).containsExactly("A");
        assertThat(scopes.missingNeeds(release)).isEmpty();
    }

    private void earlier(String version, ReleaseOutcome outcome, String key) {
        Release earlier = ReleaseFixture.ended(outcome, ReleaseFixture.storefront(version + "-" + System.nanoTime()));
        entities.persist(earlier);
        ScopeRound round = new ScopeRound(earlier.id(), 1, Instant.parse("2026-01-01T00:00:00Z"));
        entities.persist(round);
        ScopeItem item = new ScopeItem(
                round.id(), 1, new NewItem(key, "Old", ItemKind.FEATURE, 1, 1, 1, false, false, List.of()));
        item.decide(true, "chosen");
        entities.persist(item);
    }

    @Test
    @Capability("1.1")
    void takesNoneOfTheItemsOfAFileWithAFault() {
        scopes.openRound(release);
        scopes.importItems(release, OLGA, csv(ITEMS));

        assertThatThrownBy(() -> scopes.importItems(
                        release,
                        OLGA,
                        csv(HEADER + "NEW,New,feature,1,1,1,false,false,\nBAD,,feature,1,1,9,x,false,\n")))
                .isInstanceOf(ItemsRefused.class)
                .hasMessage("The file has 3 faults, so none of its items was taken; line 3, column title: it is empty;"
                        + " please say in a few words what the item is about.");
        assertThat(scopes.items(release))
                .extracting(ScopeItem::key)
                .contains("PRICES")
                .doesNotContain("NEW");
    }

    @Test
    void replacesTheItemsThatWereHandedInBefore() {
        scopes.openRound(release);
        scopes.importItems(release, OLGA, csv(ITEMS));

        assertThat(scopes.importItems(release, OLGA, csv(HEADER + "DISCOUNT,Better,feature,70,3,3,false,true,\n")))
                .isEqualTo(1);
        assertThat(scopes.items(release))
                .singleElement()
                .extracting(ScopeItem::title)
                .isEqualTo("Better");
        assertThat(scopes.items(release, PageRequest.of(0, 20)).getTotalElements())
                .isEqualTo(1);
    }

    @Test
    @Capability("8.4")
    void asksForTheRoleBeforeAnythingElse() {
        doThrow(new NotPermitted("no"))
                .when(permissions)
                .require(release, DANA, Role.PRODUCT_OWNER, Role.RELEASE_MANAGER);
        doThrow(new NotPermitted("no")).when(permissions).require(release, DANA, Role.PRODUCT_OWNER);
        doThrow(new NotPermitted("no")).when(permissions).require(release, DANA, Role.DEVELOPER);

        assertThatThrownBy(() -> scopes.importItems(release, DANA, csv("nonsense")))
                .isInstanceOf(NotPermitted.class);
        assertThatThrownBy(() -> scopes.supply(release, DANA, null)).isInstanceOf(NotPermitted.class);
        assertThatThrownBy(() -> scopes.confirm(release, DANA, asProposed())).isInstanceOf(NotPermitted.class);
        assertThatThrownBy(() -> scopes.sendBack(release, DANA, "no")).isInstanceOf(NotPermitted.class);
        assertThatThrownBy(() -> criteria.attest(release, DANA, List.of(), "")).isInstanceOf(NotPermitted.class);
    }

    @Test
    void takesItemsOnlyWhileTheyAreAskedFor() {
        assertThatThrownBy(() -> scopes.importItems(release, OLGA, csv(ITEMS)))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("Nobody has asked for the items");
        scopes.openRound(release);
        assertThatThrownBy(() -> scopes.supply(release, OLGA, null)).hasMessageContaining("there is none yet");
        proposed();
        assertThatThrownBy(() -> scopes.importItems(release, OLGA, csv(ITEMS)))
                .hasMessageContaining("only while the task 'Supply items' waits");
    }

    @Test
    @Capability("1.1")
    void leavesOutWhatTheProductOwnerDoesNotWantAndWhatOnlyThatNeeded() {
        proposed();
        scopes.sendBack(release, OLGA, "One more");
        scopes.importItems(release, OLGA, csv(ITEMS + "SMALL,Small thing,patch,5,1,1,false,false,\n"));
        scopes.propose(release);

        scopes.confirm(release, OLGA, without("COUPON", "DISCOUNT"));

        assertThat(in()).containsExactly("SMALL");
        assertThat(reason("COUPON")).isEqualTo("left out: no time");
        assertThat(reason("PRICES"))
                .isEqualTo("left out: has no value of its own, and nothing that is included needs it");
    }

    private static final String MORE = HEADER
            + "BIG,Big,feature,60,10,3,false,false,\nLEFT,Left,feature,35,5,3,false,false,\n"
            + "RIGHT,Right,feature,34,3,3,false,false,BASE\nBASE,Base,technical-debt,0,2,1,false,false,\n";

    private void proposed(String items, int capacity) {
        scopes.openRound(release);
        scopes.importItems(release, OLGA, csv(items));
        scopes.setTerms(release, OLGA, capacity, null);
        scopes.propose(release);
    }

    @Test
    @Capability("1.1")
    void takesInDefersAndLeavesOutAsThePersonSaysAndKeepsToTheCapacity() {
        proposed(MORE, 10);
        assertThat(in()).containsExactly("LEFT", "RIGHT", "BASE");

        assertThatThrownBy(() -> scopes.confirm(
                        release,
                        OLGA,
                        new Scopes.Confirmation(
                                Map.of("LEFT", "no"), Map.of(), Map.of("BIG", "yes"), UsersAffected.FEW, null)))
                .hasMessage(
                        "With BIG the scope takes 15 person days, and the capacity is 10; please leave something out or"
                                + " negotiate a trade-off.");
        assertThatThrownBy(() -> scopes.confirm(
                        release,
                        OLGA,
                        new Scopes.Confirmation(
                                Map.of("LEFT", "no"), Map.of("LEFT", "no"), Map.of(), UsersAffected.FEW, null)))
                .hasMessageContaining("decide on LEFT in one way");
        scopes.confirm(
                release,
                OLGA,
                new Scopes.Confirmation(
                        Map.of("RIGHT", "not ready"),
                        Map.of("LEFT", "next month"),
                        Map.of("BIG", "promised"),
                        UsersAffected.FEW,
                        null));

        assertThat(in()).containsExactly("BIG");
        assertThat(reason("BIG")).isEqualTo("taken in: promised");
        assertThat(reason("LEFT")).isEqualTo("deferred: next month");
        assertThat(reason("RIGHT")).isEqualTo("left out: not ready");
        assertThat(scopes.items(release).stream().filter(item -> item.decision() == ItemDecision.DEFERRED))
                .extracting(ScopeItem::key)
                .containsExactly("LEFT");
    }

    private static final String OBLIGED = HEADER.replace("\n", ",due,critical\n")
            + "A-3,Wish,feature,10,1,1,false,false,,,\n"
            + "R-1,Law,regulatory,0,2,1,false,false,R-2,2026-03-20,\n"
            + "R-2,Ground,technical-debt,1,2,1,false,false,,,\n"
            + "C-1,Marked,technical-debt,0,1,1,false,false,,,true\n"
            + "N-1,Nice,feature,5,4,1,false,false,,,\n";

    private Map<String, String> shown() {
        Map<String, String> shown = new java.util.TreeMap<>();
        scopes.items(release).forEach(item -> shown.put(item.key(), item.decision() + " " + item.reason()));
        return shown;
    }

    @Test
    @Capability("1.1")
    void whatIsConfirmedWithoutAChangeIsWhatWasShown() {
        proposed(OBLIGED, 6);
        Map<String, String> shown = shown();
        assertThat(in()).containsExactly("A-3", "R-1", "R-2", "C-1");

        scopes.confirm(release, OLGA, asProposed());

        assertThat(shown()).isEqualTo(shown);
    }

    @Test
    @Capability("1.1")
    void whatMustBeInStaysWhenSomethingElseIsLeftOut() {
        proposed(OBLIGED, 6);

        scopes.confirm(release, OLGA, without("A-3"));

        assertThat(in()).containsExactly("R-1", "R-2", "C-1");
    }

    @Test
    @Capability("1.2")
    void whatWasNegotiatedIsConfirmedAsItWasAgreed() {
        proposed(OBLIGED, 3);
        assertThat(scopes.latest(release).flatMap(ScopeRound::clash)).isPresent();
        scopes.settle(
                release,
                1,
                new TradeOffOption(
                        "RAISE",
                        "Raise the capacity by 3 person days",
                        6,
                        null,
                        List.of("A-3", "R-1", "R-2", "C-1"),
                        List.of(),
                        false,
                        11,
                        6,
                        1,
                        "Everything fits."),
                "trade-off 1, raise the capacity by 3 person days");
        Map<String, String> agreed = shown();
        assertThat(reason("N-1"))
                .isEqualTo("left out: takes 4 person days, and the capacity of 6 is worth more with other items");

        scopes.confirm(release, OLGA, asProposed());

        assertThat(in()).containsExactly("A-3", "R-1", "R-2", "C-1");
        assertThat(shown()).isEqualTo(agreed);
    }

    @Test
    @Capability("1.1")
    void isNotConfirmedWhileWhatMustBeInClashes() {
        proposed(MORE + "LAW,Law,regulatory,1,7,1,false,false,\nLIMIT,Limit,security,1,6,1,false,false,\n", 10);

        assertThat(scopes.latest(release).flatMap(ScopeRound::clash).orElseThrow())
                .startsWith("The capacity of 10 person days is too small: LAW (regulatory) and LIMIT (security)");
        assertThatThrownBy(() -> scopes.confirm(release, OLGA, asProposed()))
                .hasMessageContaining("Please negotiate a trade-off");
        assertThatThrownBy(() -> scopes.setTerms(release, OLGA, 20, null)).hasMessageContaining("negotiated");
        assertThatThrownBy(() -> scopes.setTerms(release, OLGA, 0, null)).hasMessageContaining("1 to 100000");
    }

    @Test
    @Capability("1.1")
    void refusesToLeaveOutWhatAnotherItemNeedsAndNamesBoth() {
        proposed();

        assertThatThrownBy(() -> scopes.confirm(release, OLGA, without("DISCOUNT")))
                .isInstanceOf(Refused.class)
                .hasMessage("An item that another one needs cannot be left out alone: COUPON needs DISCOUNT;"
                        + " please leave out both or keep both.");
        assertThat(in()).containsExactly("PRICES", "DISCOUNT", "COUPON");
    }

    @Test
    void refusesUnknownItemsMissingReasonsAndAnEmptyScope() {
        proposed();

        assertThatThrownBy(() -> scopes.confirm(release, OLGA, without("NOWHERE")))
                .hasMessage("There is no item NOWHERE in this scope.");
        assertThatThrownBy(() -> scopes.confirm(
                        release, OLGA, new Scopes.Confirmation(Map.of("COUPON", " "), UsersAffected.FEW, null)))
                .hasMessageContaining("why COUPON is left out");
        assertThatThrownBy(() -> scopes.confirm(release, OLGA, without("DISCOUNT", "COUPON")))
                .hasMessageContaining("Nothing would be left to release");
        assertThatThrownBy(() -> scopes.sendBack(release, OLGA, " "))
                .hasMessageContaining("why the scope is sent back");
        assertThat(scopes.latest(release).orElseThrow().state()).isEqualTo(ScopeRound.State.PROPOSED);
    }

    @Test
    void goesBackForOtherItemsWithinTheSameRound() {
        proposed();
        scopes.sendBack(release, OLGA, "Coupons are too risky");
        scopes.openRound(release);

        ScopeRound round = scopes.latest(release).orElseThrow();
        assertThat(round.number()).isEqualTo(1);
        assertThat(round.remark()).contains("Coupons are too risky");
        assertThat(scopes.importItems(release, OLGA, csv(ITEMS))).isEqualTo(5);
    }

    @Test
    @Capability("1.3")
    void givesTheFactsOfTheItemsThatAreIn() {
        proposed();
        scopes.confirm(release, OLGA, asProposed());

        assertThat(scopes.freeze(release))
                .isEqualTo(new ClassFacts(release.urgency(), 1, 3, true, 10, 2))
                .isEqualTo(scopes.freeze(release));
    }

    @Test
    @Capability("3.1")
    void tellsOtherPhasesWhatTheFrozenScopeAsksOfTheVersion() {
        proposed();
        assertThat(facts.content(release)).isEmpty();
        scopes.confirm(release, OLGA, asProposed());
        scopes.freeze(release);

        ScopeFacts.Content content = facts.content(release).orElseThrow();
        assertThat(content.items()).extracting(ScopeFacts.Item::key).containsExactly("PRICES", "DISCOUNT", "COUPON");
        assertThat(content.breaking()).extracting(ScopeFacts.Item::key).containsExactly("COUPON");
        assertThat(content.features()).extracting(ScopeFacts.Item::key).containsExactly("DISCOUNT", "COUPON");
        assertThat(content.onlyPatches()).isFalse();
        assertThat(new ScopeFacts.Content(content.items().subList(0, 1)).onlyPatches())
                .isTrue();
    }

    @Test
    void neverChangesWhatIsFrozen() {
        classified();

        assertThatThrownBy(() -> scopes.importItems(release, OLGA, csv(ITEMS))).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> scopes.propose(release)).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> scopes.confirm(release, OLGA, asProposed())).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> scopes.sendBack(release, OLGA, "no")).isInstanceOf(Refused.class);
    }

    @Test
    void freezesOnlyWhatIsConfirmed() {
        proposed();

        assertThatThrownBy(() -> scopes.freeze(release)).hasMessageContaining("must be confirmed");
        assertThatThrownBy(() -> scopes.recordClass(release, "MAJOR")).hasMessageContaining("is not frozen");
    }

    @Test
    void beginsAnotherRoundWithTheSameItemsWhenTheContentChangesAndKeepsTheEarlierOne() {
        classified();
        String frozen = scopes.latest(release).flatMap(ScopeRound::digest).orElseThrow();

        scopes.openRound(release);

        assertThat(scopes.history(release)).extracting(ScopeRound::number).containsExactly(2, 1);
        assertThat(scopes.history(release).get(1).digest()).contains(frozen);
        assertThat(scopes.items(release)).hasSize(5).allSatisfy(item -> assertThat(item.decision())
                .isEqualTo(ItemDecision.OPEN));
        assertThat(criteria.open(release)).contains("scope-frozen");
        assertThatThrownBy(() -> part.content(release)).hasMessageContaining("is not frozen");
    }

    @Test
    @Capability("1.3")
    void recordsTheClassThatThePinnedTableGives() {
        classified();

        verify(releases).classify(release.id(), ReleaseClass.MAJOR);
        ScopeRound round = scopes.latest(release).orElseThrow();
        assertThat(round.releaseClass()).contains(ReleaseClass.MAJOR);
        assertThat(round.classTable()).contains(3);
        verify(decisions)
                .evaluate(
                        release.key(),
                        "release-class",
                        Map.of(
                                "urgency",
                                "NORMAL",
                                "breakingItems",
                                1,
                                "highestRisk",
                                3,
                                "dataMigration",
                                true,
                                "effortTotal",
                                10,
                                "usersAffected",
                                2));
    }

    @Test
    @Capability({"1.3", "8.4"})
    void refusesAClassThatSomebodyWroteIntoTheProcess() {
        proposed();
        scopes.confirm(release, OLGA, asProposed());
        scopes.freeze(release);

        assertThatThrownBy(() -> scopes.recordClass(release, "MINOR"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The variable 'releaseClass' says MINOR, but version 3 of release-class gives MAJOR for the"
                        + " frozen scope of " + release.key() + "; please set the variable back to MAJOR and retry.");
        verify(releases, never()).classify(any(), any());
    }

    @Test
    @Capability("1.4")
    void keepsDevelopmentFromHandingOverUntilEveryCriterionIsMet() {
        classified();
        assertThat(criteria.check(release)).isEqualTo(5);
        assertThat(criteria.open(release))
                .containsExactly("window-planned", "tests-pass", "reviewed", "migration-reversible", "documented");
        assertThatThrownBy(() -> part.content(release))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is not finished: window-planned, tests-pass");

        criteria.attest(release, DANA, List.of("tests-pass", "reviewed", "documented"), "pipeline 4711");
        assertThatThrownBy(() -> criteria.attest(release, DANA, List.of(), "")).hasMessageContaining("Please tick");
        assertThatThrownBy(() -> criteria.attest(release, DANA, List.of("reviewed"), "again"))
                .hasMessageContaining("does not wait for an attestation");
        assertThatThrownBy(() -> criteria.attest(release, DANA, List.of("window-planned"), "I say so"))
                .hasMessageContaining("does not wait for an attestation");
        assertThatThrownBy(() -> criteria.attest(release, DANA, List.of("migration-reversible"), " "))
                .hasMessageContaining("where it can be seen");
        criteria.attest(release, DANA, List.of("migration-reversible"), "tried out");
        assertThat(criteria.check(release)).isEqualTo(1);

        ReleaseFixture.planned(Instant.parse("2026-03-03T20:00:00Z"), Instant.parse("2026-03-03T22:00:00Z"), release);
        assertThat(criteria.check(release)).isZero();
        verify(releases, org.mockito.Mockito.atLeastOnce()).involve(release.id(), DANA, Part.AUTHOR);
        assertThat(criteria.standing(release))
                .filteredOn(standing -> standing.id().equals("reviewed"))
                .singleElement()
                .satisfies(standing -> {
                    assertThat(standing.person()).isEqualTo(DANA);
                    assertThat(standing.evidence()).isEqualTo("pipeline 4711");
                });
        assertThat(part.content(release).summary()).startsWith("3 items, major, frozen as ");
    }

    @Test
    @Capability("8.1")
    void givesAnApprovalTheSameContentEachTimeAndNoneOnceARowWasChanged() {
        classified();
        criteria.attest(
                release,
                DANA,
                List.of("tests-pass", "reviewed", "documented", "migration-reversible"),
                "pipeline 4711");
        ReleaseFixture.planned(Instant.parse("2026-03-03T20:00:00Z"), Instant.parse("2026-03-03T22:00:00Z"), release);
        ApprovalPart.Content content = part.content(release);
        assertThat(part.content(release)).isEqualTo(content);

        jdbc.update(
                "update scope_item set title = 'Something else' where item_key = 'DISCOUNT' and release_id = ?",
                StoredIds.bytes(release));

        assertThatThrownBy(() -> part.content(release)).hasMessageContaining("are not those that were frozen");
        assertThat(criteria.open(release)).containsExactly("scope-frozen");
    }
}
