package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.slipway.Capability;
import io.slipway.demo.SampleLandscape;
import io.slipway.demo.SamplePeople;
import io.slipway.demo.SamplePeople.SamplePerson;
import io.slipway.demo.autopilot.Actors;
import io.slipway.packaging.signatures.SigningKey;
import io.slipway.platform.process.EngineAccess;
import io.slipway.platform.security.NewPerson;
import io.slipway.platform.security.People;
import io.slipway.quality.board.BoardVote;
import io.slipway.release.Environment;
import io.slipway.release.Landscape;
import io.slipway.release.Obligations;
import io.slipway.release.Release;
import io.slipway.release.ReleaseAction;
import io.slipway.release.ReleaseOutcome;
import io.slipway.release.ReleaseState;
import io.slipway.release.Role;
import io.slipway.testing.StoredColumns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/**
 * Whatever people write, on every page, in every form of a task and by the interface for programs, may hold signs beyond the first
 * plane of Unicode: it is kept byte for byte and shown as it was written.
 */
@GuardedApplication
@TestPropertySource(properties = "slipway.data=target/data/emoji-${random.uuid}")
@DirtiesContext
@Tag("database")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
@Capability({"1.1", "8.2", "10.1"})
class EmojiScenarioTest {

    /** A ship, a family of four signs that are joined, and a flag of two. */
    private static final String SIGNS =
            "\uD83D\uDEA2 \uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67\u200D\uD83D\uDC66 \uD83C\uDDE8\uD83C\uDDED";

    private static final String VERSION = "9.81.0";
    private static final String KEY = SampleLandscape.SYSTEM + "-" + VERSION;

    /** A system that no release of this story goes through, so that nothing that is said of it holds one up. */
    private static final String OTHER = "gallery";

    /** A release that stays at its beginning, and one that does not come to its end. */
    private static final String BESIDE = SampleLandscape.SYSTEM + "-9.80.0";

    private static final String ANOTHER = SampleLandscape.SYSTEM + "-9.82.0";

    /** Pages to which a link leads only from elsewhere. */
    private static final List<String> GLOBAL = List.of(
            "/releases/" + BESIDE,
            "/",
            "/releases",
            "/delegations",
            "/privacy",
            "/obligations",
            "/releases/" + BESIDE + "/copy");

    /** Pages of a release with forms. */
    private static final List<String> PARTS = List.of(
            "", "/scope", "/packaging", "/closure", "/review", "/feedback", "/operability", "/summary", "/preparation");

    /** Fields of forms of tasks in which text names something. */
    private static final Set<String> NAMES = Set.of("excludedItems", "deferredItems", "addedItems", "metricValue");

    /** Properties of calls in which text names something. */
    private static final Set<String> NAMED =
            Set.of("causedByRelease", "zone", "proposed", "region", "environment", "function");

    /** Half of a character, the sign that stands for what could not be read, and what a driver puts for half of one. */
    private static final Pattern HALF = Pattern.compile("[\\ud800-\\udbff](?![\\udc00-\\udfff])"
            + "|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]|\ufffd|\uD83D\uDEA2\\?");

    /** Texts of forms of tasks that this story does not come by, and why. */
    private static final Map<String, String> NOT_PASSED = new TreeMap<>(Map.ofEntries(
            Map.entry("acknowledge-hand-over acknowledgement", "the storefront goes live in no waves"),
            Map.entry("hand-over-wave handOverNote", "the storefront goes live in no waves"),
            Map.entry("attest-updates attestNote", "what follows the release is attested on its page before"),
            Map.entry("confirm-assumption assumptionEvidence", "no assumption comes to its date"),
            Map.entry("decide-trade-off decisionReason", "the one release manager has answered, and decides nothing"),
            Map.entry("report-metric metricEvidence", "no metric comes to its date"),
            Map.entry("resolve-open-points openPointsNote", "nothing is open when the release is closed"),
            Map.entry("restore-clone cloneNote", "no tables of a clone are handed in"),
            Map.entry("review-differences differencesReason", "nothing is built again"),
            Map.entry("review-emergency reviewNote", "no release is an emergency"),
            Map.entry("validate-exemption validationEvidence", "the release with the exemption does not go live")));

    /** Texts of forms of pages that no page shows, and where they are read. */
    private static final Map<String, String> NOT_SHOWN =
            Map.of("/releases/{key}/questions brief", "in the form of the task, by whoever decides");

    /** Tasks beside the way of a release, and what is chosen in their forms. */
    private final Map<String, Map<String, Object>> asides = Map.ofEntries(
            Map.entry("userTask_approveLockdown", Map.of("lockdownDecision", "APPROVE")),
            Map.entry("userTask_liftLockdown", Map.of()),
            Map.entry("userTask_answerTradeOff", Map.of("tradeOffAnswer", "REJECT")),
            Map.entry("userTask_decideQuestion", Map.of()),
            Map.entry(
                    "userTask_prepareMaterial",
                    Map.of("publishAt", Instant.now().plusSeconds(600).toString())),
            Map.entry("userTask_reviewMaterial", Map.of("materialVerdict", "RETURN")),
            Map.entry("userTask_grantExemption", Map.of("exemptionVerdict", "GRANTED")),
            Map.entry("userTask_fulfilObligation", Map.of()),
            Map.entry(
                    "userTask_triageFinding",
                    Map.of(
                            "triageVerdict",
                            "FALSE_POSITIVE",
                            "triageScope",
                            "SYSTEM",
                            "triageExpires",
                            Instant.now().plus(10, ChronoUnit.DAYS).toString())),
            Map.entry("userTask_confirmTriage", Map.of("confirmDecision", "CONFIRM")),
            Map.entry("userTask_attestUpdates", Map.of()),
            Map.entry("userTask_resolveOpenPoints", Map.of()),
            Map.entry("userTask_holdReview", Map.of()));

    @Autowired
    private ApplicationContext application;

    @Autowired
    private Callers callers;

    @Autowired
    private EngineByHand hand;

    @Autowired
    private EngineAccess access;

    @Autowired
    private SamplePeople people;

    @Autowired
    private People accounts;

    @Autowired
    private Actors actors;

    @Autowired
    private Landscape landscape;

    @Autowired
    private Obligations obligations;

    @Autowired
    private RepositoryService repository;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private TaskService tasks;

    @Autowired
    private JdbcClient jdbc;

    private final Map<String, String> inTasks = new TreeMap<>();
    private final Map<String, String> inCalls = new TreeMap<>();
    private final Map<String, Integer> tried = new HashMap<>();
    private final Map<String, Integer> times = new HashMap<>();
    private final Map<String, List<Role>> rights = rights();
    private JsonNode description = MissingNode.getInstance();
    private WrittenForms forms;
    private ReleaseStory story;
    private String key = "";
    private String leftOut = "SHOP-101";
    private Map<String, Map<String, Integer>> fieldsOfTasks = Map.of();

    @Test
    void whatIsWrittenIsKeptAndShown() {
        key = SigningKey.since(Instant.now().minusSeconds(86_400)).publicKey();
        landscape.add(OTHER, "Picture gallery", true);
        landscape.addEnvironment(OTHER, "staging", "Staging", Environment.Tier.STAGING, 1, 1);
        landscape.addEnvironment(OTHER, "production", "Production", Environment.Tier.PRODUCTION, 2, 1);
        accounts.register(new NewPerson(
                "zoe", "Zoe Quill", "zoe@storefront.example", SamplePeople.PASSWORD, Set.of("service-desk")));
        forms = new WrittenForms(callers, SIGNS, this::known);
        story = begun(BESIDE);
        story.awaited("userTask_supplyItems");
        owed("first");
        owed("second");
        peopleMeet("mara");
        sides();
        calls();
        sides();
        story = begun(KEY).expecting(ReleaseOutcome.SUCCESSFUL_WITH_ISSUES);
        story.goesOnTo("userTask_attestExitCriteria");
        meets(KEY);
        story.goesOnTo("userTask_supplyEvidence");
        theBoardVotes();
        story.goesOnTo("userTask_acceptGo");
        takenBackAndDeployedAgain();
        story.goesOnTo(ReleaseState.HYPERCARE);
        inHypercare();
        meets(KEY);
        judged();
        story.goesOnTo("userTask_signClosure");
        meets(KEY);
        story.goesOnTo(ReleaseState.CLOSED);
        meets(KEY);
        sides();
        forms.meetOn("mara", "/releases/" + KEY + "/review", form -> true);
        beginsAnother();
        peopleMeet("mara", "oscar");
        for (String part : List.of("/history", "/audit", "/live", "")) {
            forms.meetOn("mara", "/releases/" + KEY + part, form -> false);
            forms.meetOn("mara", "/releases/" + ANOTHER + part, form -> false);
        }
        assertThat(forms.faults()).isEmpty();
        assertThat(forms.missing())
                .as(() -> "texts of forms of pages that nobody could send: " + forms.refusals())
                .isEmpty();
        Set<String> passed = new TreeSet<>(inTasks.keySet());
        passed.addAll(NOT_PASSED.keySet());
        assertThat(passed).as("texts of forms of tasks").isEqualTo(texts());
        assertThat(inTasks.keySet()).doesNotContainAnyElementsOf(NOT_PASSED.keySet());
        assertThat(kept()).isEmpty();
        Set<String> hidden = new TreeSet<>(forms.written().keySet());
        hidden.removeAll(forms.shown());
        assertThat(hidden).as("texts that no page showed").isEqualTo(NOT_SHOWN.keySet());
        readAgain();
    }

    private ReleaseStory begun(String release) {
        return ReleaseStory.requestedBy(
                        people.named("mara"),
                        release.substring(SampleLandscape.SYSTEM.length() + 1),
                        "2.4.0",
                        application)
                .movedBy(hand::turn)
                .typing((task, inputs) -> typed(task, inputs));
    }

    /** Something that the release manager owes for the release, and a finding of a scan. */
    private void owed(String condition) {
        Release release = story.release();
        obligations.open(new Obligations.NewObligation(
                release.key() + "/condition/" + condition,
                Optional.of(release.id()),
                Optional.of(release.system()),
                Obligations.Kind.CONDITION,
                "Watch the cache after the release.",
                Role.RELEASE_MANAGER,
                Optional.empty(),
                Instant.now().plus(30, ChronoUnit.DAYS),
                false));
    }

    /** For each form that nobody sent yet, somebody with a role that may follows the links. */
    private void peopleMeet(String... first) {
        for (String login : first) {
            forms.meet(login, GLOBAL, form -> !asks(form));
        }
        for (Role role : roles(form -> !form.contains("{"))) {
            forms.meet(named(role), GLOBAL, form -> !asks(form));
        }
        meets(BESIDE);
    }

    private Set<Role> roles(Predicate<String> wanted) {
        Set<Role> roles = new TreeSet<>();
        forms.missing().stream()
                .map(field -> field.split(" ", -1)[0])
                .distinct()
                .filter(form -> !asks(form) && wanted.test(form))
                .forEach(form -> {
                    List<Role> allowed = allowed(form);
                    roles.add(allowed.get(tried.merge(form, 1, Integer::sum) % allowed.size()));
                });
        return roles;
    }

    private String named(Role role) {
        return people.all().stream()
                .filter(person -> person.role() == role)
                .findFirst()
                .orElseThrow()
                .login();
    }

    /** For each form to which nobody has come yet, somebody with a role that may send it looks at every page of the release. */
    private void meets(String release) {
        hand.turn(release);
        for (Role role : roles(form -> form.contains("{key}"))) {
            for (String part : PARTS) {
                forms.meetOn(named(role), "/releases/" + release + part, form -> !asks(form));
            }
        }
        hand.turn(release);
    }

    /** Who may send which form, as the table of rights says. */
    private static Map<String, List<Role>> rights() {
        Map<String, List<Role>> rights = new TreeMap<>();
        List<Role> roles = new ArrayList<>();
        try (Stream<String> lines = Files.lines(Path.of("src/test/resources/io/slipway/scenario/rights.csv"))) {
            lines.map(line -> line.split(",", -1)).forEach(cells -> {
                if (cells[0].equals("kind")) {
                    Arrays.stream(cells)
                            .skip(2)
                            .map(group -> Role.ofGroup(group).orElseThrow())
                            .forEach(roles::add);
                } else if (cells[0].equals("form")) {
                    rights.put(
                            cells[1].split(" ", -1)[1],
                            IntStream.range(2, cells.length)
                                    .filter(cell -> cells[cell].equals("+"))
                                    .mapToObj(cell -> roles.get(cell - 2))
                                    .toList());
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rights;
    }

    private List<Role> allowed(String form) {
        return rights.entrySet().stream()
                .filter(line ->
                        line.getKey().replaceAll("\\{[^}]+}", "x").matches(form.replaceAll("\\{[^}]+}", "[^/]+")))
                .map(Map.Entry::getValue)
                .findFirst()
                .filter(roles -> !roles.isEmpty())
                // What depends on more than a role is refused to everybody there.
                .orElse(List.of(Role.ADMIN, Role.CHANGE_AUTHORITY));
    }

    private void theBoardVotes() {
        story.completes("quinn", "userTask_supplyEvidence", typed(story.awaited("userTask_supplyEvidence"), Map.of()));
        Task failed = story.awaited("userTask_decideFailedGate");
        story.completes("quinn", "userTask_decideFailedGate", typed(failed, Map.of("gateDecision", "BOARD")));
        hand.turn(KEY);
        for (String member : List.of("cora", "carl", "chiara")) {
            forms.meetOn(member, "/releases/" + KEY, form -> form.contains("/votes/"));
        }
        hand.turn(KEY);
        actors.openVotes(story.release()).forEach(vote -> {
            for (String member : List.of("carl", "chiara", "cora")) {
                if (!actors.openVotes(story.release()).isEmpty() && !actors.hasVoted(people.named(member), vote)) {
                    actors.vote(people.named(member), story.release(), vote, BoardVote.Choice.SHIP, SIGNS, SIGNS);
                }
                hand.turn(KEY);
            }
        });
        hand.turn(KEY);
    }

    private void takenBackAndDeployedAgain() {
        hand.haltAt(
                KEY,
                point -> point.activity().equals("serviceTask_checkHealth")
                        && point.environment().equals(SampleLandscape.PRODUCTION));
        story.goesOnUntil(
                "the door of production",
                () -> story.release().state() == ReleaseState.DEPLOYING && hand.isAt(KEY, "serviceTask_checkHealth"));
        forms.meetOn("oscar", "/releases/" + KEY, form -> form.endsWith("/rollback"));
        hand.haltAt(KEY, point -> false);
        Task next = story.awaited("userTask_decideNextStep");
        story.completes("mara", "userTask_decideNextStep", typed(next, Map.of("rollbackDecision", "RETRY")));
    }

    /** What follows a release, and what users tell of it. */
    private void inHypercare() {
        jdbc.sql(
                        "insert into required_update (release_id, kind, reason)"
                                + " select id, 'RUNBOOK', 'It starts in another way.' from slipway_release where release_key = ?")
                .param(KEY)
                .update();
        call(
                "ines",
                "POST",
                "/api/v1/incidents",
                Map.of("key", "INC-83", "system", SampleLandscape.SYSTEM, "priority", "P4"));
        call(
                "sam",
                "POST",
                "/api/v1/releases/{key}/feedback/reports",
                Map.of("reportedAt", Instant.now().toString()));
    }

    /** Whatever may come of the release is confirmed. */
    private void judged() {
        hand.turn(KEY);
        for (JsonNode link : callers.read(callers.program("sam").get("/api/v1/releases/" + KEY + "/feedback"))
                .path("links")) {
            callers.program("sam")
                    .json(
                            "POST",
                            "/api/v1/releases/" + KEY + "/feedback/links/"
                                    + link.path("id").asText(),
                            callers.write(Map.of("confirmed", true, "note", SIGNS)));
        }
    }

    /** Another release is put on hold, fails at its gate, is moved, changed, has too little room then, and is given up. */
    private void beginsAnother() {
        story = begun(ANOTHER);
        story.awaited("userTask_supplyItems");
        ask("hold");
        Task held = story.awaited("userTask_resumeRelease");
        story.completes("mara", "userTask_resumeRelease", typed(held, Map.of()));
        story.goesOnTo("userTask_supplyEvidence");
        story.completes("quinn", "userTask_supplyEvidence", Map.of("evidenceNote", "There is none."));
        Task failed = story.awaited("userTask_decideFailedGate");
        story.completes(
                "quinn",
                "userTask_decideFailedGate",
                typed(
                        failed,
                        Map.of(
                                "gateDecision",
                                "WAIVER",
                                "waiverExpires",
                                Instant.now().plus(1, ChronoUnit.HOURS).toString())));
        Task asked = story.awaited("userTask_grantWaiver");
        story.completes("chiara", "userTask_grantWaiver", typed(asked, Map.of("waiverVerdict", "GRANTED")));
        story.goesOnTo("userTask_approveChange");
        forms.meetOn("mara", "/releases/" + ANOTHER, form -> form.endsWith("/risk"));
        ask("reschedule");
        story.goesOnTo("userTask_approveChange");
        ask("content-change");
        story.awaited("userTask_supplyItems");
        assertThat(callers.program("paul")
                        .json("PUT", "/api/v1/releases/" + ANOTHER + "/scope/terms", "{\"capacity\":5}")
                        .statusCode())
                .isEqualTo(200);
        story.goesOnTo("userTask_confirmScope");
        for (JsonNode item : callers.read(callers.program("paul").get("/api/v1/releases/" + ANOTHER + "/scope/items"))
                .path("content")) {
            if (!item.path("decision").asText().equals("INCLUDED")) {
                leftOut = item.path("key").asText();
            }
        }
        forms.meetOn("paul", "/releases/" + ANOTHER + "/scope", form -> form.endsWith("/trade-offs"));
        sides();
        ask("cancel");
    }

    /** A finding of a scan, and what programs send; each text that the description of a call names is written into. */
    private void calls() {
        description = callers.read(callers.program("mara").get("/v3/api-docs"));
        String soon = Instant.now()
                .plus(20, ChronoUnit.DAYS)
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
        String later = Instant.now()
                .plus(21, ChronoUnit.DAYS)
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
        jdbc.sql("insert into finding (system_key, fingerprint, tool, rule_id, severity, path, line_number, message,"
                        + " snippet_hash, requested, first_seen_at, last_seen_at, last_release_id, triage_state)"
                        + " select system_key, ?, 'T', 'R', 'NOTE', '', 0, ?, '', false, requested_at, requested_at, id,"
                        + " 'OPEN' from slipway_release where release_key = ?")
                .params("f".repeat(64), SIGNS, BESIDE)
                .update();
        String finding = jdbc.sql("select id from finding where fingerprint = ?")
                .param("f".repeat(64))
                .query(String.class)
                .single();
        assertThat(callers.program("quinn")
                        .json("POST", "/api/v1/findings/" + finding + "/triage", "")
                        .statusCode())
                .isBetween(200, 299);
        call("mara", "POST", "/api/v1/releases", Map.of("system", OTHER, "version", "3.2.0", "urgency", "NORMAL"));
        call("quinn", "POST", "/api/v1/releases/{key}/comments", Map.of());
        call("mara", "POST", "/api/v1/releases/{key}/exemptions", Map.of("validateBy", soon));
        call("quinn", "POST", "/api/v1/releases/{key}/issues", Map.of());
        call("mara", "POST", "/api/v1/releases/{key}/questions", Map.of("key", "stock"));
        call("mara", "POST", "/api/v1/releases/{key}/materials", Map.of("kind", "TRAINING", "audience", "service"));
        call("ines", "POST", "/api/v1/incidents", Map.of("key", "INC-82", "system", OTHER, "priority", "P4"));
        call(
                "quinn",
                "POST",
                "/api/v1/bookings",
                Map.of("release", BESIDE, "environment", "staging", "start", soon, "end", later, "key", "load"));
        call("mara", "POST", "/api/v1/roster/absences", Map.of("login", "sam", "from", soon, "until", later));
        call(
                "chiara",
                "POST",
                "/api/v1/delegations",
                Map.of("group", "change-authority", "person", "cora", "start", soon, "end", later));
        call(
                "dana",
                "POST",
                "/api/v1/refreshes",
                Map.of(
                        "system",
                        SampleLandscape.SYSTEM,
                        "environment",
                        "staging",
                        "sourceVersion",
                        "2.3.0",
                        "masked",
                        List.of("customer.mail"),
                        "references",
                        List.of("orders.customer -> customer.id"),
                        "configuration",
                        40,
                        "topology",
                        20,
                        "load",
                        10));
        call("ines", "POST", "/api/v1/lockdowns", Map.of("system", OTHER));
    }

    private void call(String login, String method, String path, Map<String, Object> named) {
        String name = description
                .path("paths")
                .path(path)
                .path(method.toLowerCase(Locale.ROOT))
                .at("/requestBody/content/application~1json/schema/$ref")
                .asText()
                .replace("#/components/schemas/", "");
        JsonNode properties = description.at("/components/schemas/" + name).path("properties");
        assertThat(properties).as(path).isNotEmpty();
        Map<String, Object> body = new HashMap<>(named);
        properties.properties().stream()
                .filter(property -> property.getValue().path("type").asText().equals("string"))
                .filter(property -> !property.getValue().has("format")
                        && !property.getValue().has("enum"))
                .filter(property -> !named.containsKey(property.getKey()) && !NAMED.contains(property.getKey()))
                .forEach(property -> {
                    String text = WrittenForms.filled(SIGNS + " " + path + " " + property.getKey() + ". ", 200);
                    body.put(property.getKey(), text);
                    inCalls.put(method + " " + path + " " + property.getKey(), text);
                });
        HttpResponse<String> answer = callers.program(login)
                .json(method, path.replace("{key}", path.contains("feedback") ? KEY : BESIDE), callers.write(body));
        if (answer.statusCode() >= 300) {
            forms.faults().add(path + ": " + answer.statusCode() + " " + answer.body());
        }
    }

    /** Whatever a program reads of these releases can be written as JSON; half a character could not. */
    private void readAgain() {
        for (String release : List.of(KEY, BESIDE, ANOTHER)) {
            for (String path : description.path("paths").properties().stream()
                    .filter(path -> path.getValue().has("get")
                            && path.getKey().replace("{key}", "").indexOf('{') < 0)
                    .map(Map.Entry::getKey)
                    .filter(path -> release.equals(KEY) || path.contains("{key}"))
                    .toList()) {
                HttpResponse<String> answer = callers.program("mara").get(path.replace("{key}", release));
                assertThat(answer.statusCode()).as(path + " " + answer.body()).isLessThan(500);
            }
        }
    }

    private void ask(String action) {
        hand.turn(story.key());
        forms.meetOn("mara", "/releases/" + story.key(), form -> form.endsWith("/{key}/" + action));
        hand.turn(story.key());
    }

    /** Tasks beside the way of a release, which what was written into forms has brought about. */
    private void sides() {
        for (boolean more = true; more; ) {
            more = false;
            turnEverything();
            for (Task task :
                    access.asSystem(() -> tasks.createTaskQuery().active().list())) {
                Map<String, Object> inputs = asides.get(task.getTaskDefinitionKey());
                if (inputs != null) {
                    more |= done(task, inputs);
                }
            }
        }
    }

    private boolean done(Task task, Map<String, Object> inputs) {
        Map<String, String> before = new TreeMap<>(inTasks);
        Map<String, Object> all = new HashMap<>(typed(task, inputs));
        int time = times.merge(task.getTaskDefinitionKey(), 1, Integer::sum);
        if (time > 20) {
            return false;
        }
        if (task.getTaskDefinitionKey().equals("userTask_reviewMaterial") && time > 1) {
            all.put("materialVerdict", "ACCEPT");
        }
        for (SamplePerson person : Stream.concat(actors.asked(task).stream(), actors.candidates(task).stream())
                .toList()) {
            try {
                actors.complete(person, task, all);
                return true;
            } catch (RuntimeException notByThem) {
                // Whoever wrote or asked for something leaves it to a colleague.
                access.asSystem(() -> {
                    tasks.setAssignee(task.getId(), task.getAssignee());
                    return true;
                });
            }
        }
        inTasks.clear();
        inTasks.putAll(before);
        return false;
    }

    private void turnEverything() {
        access
                .asSystem(() -> runtime.createProcessInstanceQuery()
                        .active()
                        .rootProcessInstances()
                        .list())
                .stream()
                .map(ProcessInstance::getBusinessKey)
                .filter(business -> business != null)
                .distinct()
                .forEach(hand::turn);
    }

    /** Fills in each text of the form of a task, besides what somebody puts into the others. */
    private Map<String, Object> typed(Task task, Map<String, Object> inputs) {
        Map<String, Object> all = new HashMap<>(inputs);
        String form = form(task);
        textsOfTasks().getOrDefault(form, Map.of()).forEach((field, length) -> {
            Object present = all.get(field);
            if (present == null || present.toString().contains(" ")) {
                String text = WrittenForms.filled(SIGNS + " " + form + " " + field + ". ", length);
                all.put(field, text);
                inTasks.put(form + " " + field, text);
            }
        });
        return all;
    }

    private String form(Task task) {
        return access.asSystem(() -> ((UserTask) repository
                        .getBpmnModelInstance(task.getProcessDefinitionId())
                        .getModelElementById(task.getTaskDefinitionKey()))
                .getAttributeValueNs("http://camunda.org/schema/1.0/bpmn", "formRef"));
    }

    /** Length of each text of a form of a task, by form and field. */
    private Map<String, Map<String, Integer>> textsOfTasks() {
        if (fieldsOfTasks.isEmpty()) {
            Map<String, Map<String, Integer>> found = new TreeMap<>();
            try (Stream<Path> files = Files.walk(Path.of("forms"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".form")).toList()) {
                    JsonNode form = new ObjectMapper().readTree(file.toFile());
                    Map<String, Integer> names = new TreeMap<>();
                    collect(form, names);
                    found.put(form.path("id").asText(), names);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            fieldsOfTasks = found;
        }
        return fieldsOfTasks;
    }

    private static void collect(JsonNode component, Map<String, Integer> names) {
        String name = component.path("key").asText();
        if (Set.of("textfield", "textarea").contains(component.path("type").asText()) && !NAMES.contains(name)) {
            names.put(name, component.path("validate").path("maxLength").asInt(100));
        }
        component.path("components").forEach(child -> collect(child, names));
    }

    private Set<String> texts() {
        Set<String> texts = new TreeSet<>();
        textsOfTasks().forEach((form, names) -> names.keySet().forEach(name -> texts.add(form + " " + name)));
        return texts;
    }

    /** What of the texts is nowhere in the database as it was written, and what was cut within a character. */
    private List<String> kept() {
        StoredColumns columns = new StoredColumns(jdbc);
        Set<String> all = new HashSet<>();
        List<String> wrong = new ArrayList<>();
        for (StoredColumns.Column column : columns.text()) {
            for (String value : columns.values(column, SIGNS.substring(0, 2))) {
                all.add(value);
                if (HALF.matcher(value).find()) {
                    wrong.add("Half a character in " + column + ": " + value);
                }
            }
        }
        assertThat(all).hasSizeGreaterThan(100);
        Map<String, String> texts = new TreeMap<>(forms.written());
        texts.putAll(inTasks);
        texts.putAll(inCalls);
        assertThat(texts).hasSizeGreaterThan(100);
        texts.forEach((field, text) -> {
            if (all.stream().noneMatch(value -> value.contains(text))) {
                wrong.add("Nowhere: " + field);
            }
        });
        return wrong;
    }

    private static boolean asks(String form) {
        return Arrays.stream(ReleaseAction.values())
                .anyMatch(action -> form.equals("/releases/{key}/" + action.path()));
    }

    /** What is no free text. */
    private @Nullable String known(String form, String field) {
        LocalDate soon = LocalDate.now(ZoneOffset.UTC).plusDays(20);
        if (form.equals("/login")) {
            return "";
        }
        return switch (field) {
            case "system" -> OTHER;
            case "neededAt" -> soon.plusDays(form.endsWith("/slip") ? 5 : 0) + "T10:00:00Z";
            case "zone" -> "Europe/Zurich";
            case "person", "login" ->
                form.equals("/delegations") ? "cora" : form.startsWith("/privacy") ? "zoe" : "sam";
            case "priority" -> "P4";
            case "needed" -> leftOut;
            case "level" -> "HIGH";
            case "functions", "function" -> "service-desk";
            case "environment" -> "staging";
            case "version" -> "3.0.0";
            case "release" -> BESIDE;
            case "neededRelease", "causedByRelease", "region", "dependingTasks", "probe", "components" -> "";
            case "rule" -> "DTSTART;TZID=UTC:20260101T000000\nDURATION:PT1H";
            case "tags" -> "\uD83D\uDEA2, \uD83C\uDDE8\uD83C\uDDED";
            case "revision" -> "v2.4.0";
            case "metric", "template" -> "emoji";
            case "baseline" -> "12";
            case "target" -> form.endsWith("/terms") ? soon.toString() : "8";
            case "consumer", "provider" -> field.equals("consumer") ? OTHER : SampleLandscape.SYSTEM;
            case "consumerFrom", "providerFrom" -> "1.0.0";
            case "consumerBelow", "providerBelow" -> "";
            case "key" -> form.equals("/signing-keys") ? key : form.equals("/incidents") ? "INC-81" : null;
            case "name" -> form.equals("/configuration") ? "basket.size" : null;
            case "from", "start" ->
                form.equals("/delegations") ? soon.toString() : form.endsWith("members") ? "09:00" : soon + "T10:00";
            case "until", "end" ->
                form.endsWith("/waiver")
                        ? soon.toString()
                        : form.endsWith("members") ? "17:00" : soon.plusDays(1) + "T10:00";
            case "to", "due", "expires", "validUntil" -> soon.plusDays(2).toString();
            case "reportedAt" -> "2026-01-01T10:00";
            default -> null;
        };
    }
}
