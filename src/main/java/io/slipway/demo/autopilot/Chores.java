package io.slipway.demo.autopilot;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.demo.SampleLandscape;
import io.slipway.demo.SamplePeople.SamplePerson;
import io.slipway.release.Release;
import io.slipway.release.ReleaseState;
import io.slipway.release.StoredIds;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What people of the demo do beside the tasks that a release brings them: they declare what they take for granted, book an environment,
 * rehearse a migration, write what users read. Each is done once, over the API; whether it was done is read from the records.
 */
@Component
@Profile("demo")
class Chores {

    private static final String FIRST = "2.4.0";
    private static final String SECOND = "2.5.0";
    private static final String EACH = "";

    private static final String FILE = "application/octet-stream";
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

    /** Components of the sample as a list after CycloneDX; it brings nothing but what belongs to the platform. */
    private static final String COMPONENTS = """
            {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "components": [
              {"type": "library", "bom-ref": "pkg:generic/jdk.httpserver@17.0.2", "name": "jdk.httpserver",
               "version": "17.0.2", "purl": "pkg:generic/jdk.httpserver@17.0.2"}]}
            """;

    /**
     * Something that is to be done.
     *
     * @param version of the release that it is done for; {@link #EACH} for every one
     * @param when whether its time has come
     * @param missing whether it is not done yet
     * @param login who does it
     * @param says what the line of the log says
     * @param does what is done
     */
    private record Chore(
            String version,
            Predicate<Release> when,
            Predicate<Release> missing,
            String login,
            String says,
            Consumer<Release> does) {}

    private final Actors actors;
    private final Desk desk;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final List<Chore> chores;

    Chores(Actors actors, Desk desk, JdbcClient jdbc, Clock clock) {
        this.actors = actors;
        this.desk = desk;
        this.jdbc = jdbc;
        this.clock = clock;
        this.chores = List.of(
                new Chore(
                        FIRST,
                        in(ReleaseState.DRAFT),
                        release -> noneOfSystem("calendar_rule"),
                        "mara",
                        "Calendar: denies changes while the shop counts its stock every year",
                        this::denyStocktaking),
                new Chore(
                        FIRST,
                        in(ReleaseState.DRAFT),
                        release -> noneOfSystem("system_region"),
                        "mara",
                        "Regions: says in which order the regions are served",
                        this::describeRegions),
                new Chore(
                        FIRST,
                        at("userTask_supplyItems"),
                        release -> none("assumption", release),
                        "paul",
                        "Assumption: takes for granted that the bank keeps its interface",
                        this::assume),
                new Chore(
                        FIRST,
                        release -> !none("assumption", release),
                        release -> none("assumption_check", release),
                        "mara",
                        "Assumption: confirms that it holds, with the letter of the bank",
                        this::confirm),
                new Chore(
                        FIRST,
                        at("userTask_supplyItems"),
                        release -> none("success_metric", release),
                        "paul",
                        "Success metric: promises how often the shop answers",
                        this::promise),
                new Chore(
                        FIRST,
                        at("userTask_supplyItems"),
                        release -> none("material", release),
                        "paul",
                        "Material: plans a training on discounts for the service desk",
                        this::planMaterial),
                new Chore(
                        FIRST,
                        at("userTask_supplyItems"),
                        release -> noneOfSystem("script_rule"),
                        "oscar",
                        "Scripts: says where the scripts of the storefront lie",
                        this::enterScripts),
                new Chore(
                        FIRST,
                        at("userTask_supplyItems"),
                        release -> noneOfSystem("cut_over_name"),
                        "oscar",
                        "Cut-over: says under which name users find the storefront",
                        this::enterName),
                new Chore(
                        FIRST,
                        at("userTask_supplyItems"),
                        release -> noneOfSystem("migration_data"),
                        "dana",
                        "Migrations: hands in what a clone of the data is made from",
                        this::enterData),
                new Chore(
                        FIRST,
                        at("userTask_supplyItems"),
                        release -> noneOfSystem("environment_refresh"),
                        "dana",
                        "Staging: begins to refresh it with a masked clone",
                        this::beginRefresh),
                new Chore(
                        FIRST,
                        in(ReleaseState.PLANNED, ReleaseState.IN_BUILD),
                        release -> none("booking_slot", release),
                        "quinn",
                        "Booking: books staging for a load test tomorrow",
                        this::book),
                new Chore(
                        FIRST,
                        in(ReleaseState.PLANNED, ReleaseState.IN_BUILD),
                        release -> none("summary_text", release),
                        "mara",
                        "Executive summary: adds what has to be decided",
                        this::writeSummary),
                new Chore(
                        FIRST,
                        in(ReleaseState.PLANNED, ReleaseState.IN_BUILD),
                        release -> none("exemption", release),
                        "mara",
                        "Exemption: asks to leave out the load test until afterwards",
                        this::askExemption),
                new Chore(
                        FIRST,
                        in(ReleaseState.PLANNED, ReleaseState.IN_BUILD),
                        release -> noDenial(),
                        "ravi",
                        "Exemption: asks for one too and is refused, which is on record",
                        this::isDenied),
                new Chore(
                        FIRST,
                        in(ReleaseState.PLANNED, ReleaseState.IN_BUILD),
                        release -> noContract(),
                        "quinn",
                        "Contract: enters that the storefront was verified with the payments of the bank",
                        this::enterContract),
                new Chore(
                        FIRST,
                        in(ReleaseState.PLANNED, ReleaseState.IN_BUILD),
                        release -> noCopy(),
                        "ada",
                        "Privacy: takes a copy of what is kept about a person",
                        this::copyData),
                new Chore(
                        FIRST,
                        at("userTask_supplyFiles"),
                        release -> noneOfSystem("config_value"),
                        "ravi",
                        "Configuration: sets the currency in every environment",
                        this::configure),
                new Chore(
                        FIRST,
                        release -> valueWaits().isPresent(),
                        release -> true,
                        "oscar",
                        "Configuration: accepts the value of production",
                        this::acceptValue),
                new Chore(
                        FIRST,
                        at("userTask_supplyFiles"),
                        release -> noFile(release, "U2__discounts.sql"),
                        "ravi",
                        "Package: hands in components, configuration and a migration",
                        this::handInMore),
                new Chore(
                        SECOND,
                        this::isSealed,
                        release -> none("build_request", release),
                        "dora",
                        "Rebuild: has the package built anew, twice",
                        this::rebuild),
                new Chore(
                        FIRST,
                        this::isSealed,
                        release -> none("migration_rehearsal", release),
                        "ravi",
                        "Migrations: rehearses them on a clone",
                        release -> send("ravi", "POST", at(release, "/migrations/rehearse"), Map.of())),
                new Chore(
                        FIRST,
                        release -> !none("migration_rehearsal", release),
                        this::rehearsalWaits,
                        "dana",
                        "Migrations: approves the rehearsal",
                        release -> send("dana", "POST", at(release, "/migrations/approve"), Map.of())),
                new Chore(
                        EACH,
                        in(ReleaseState.IN_BUILD, ReleaseState.IN_TEST),
                        release -> none("script_pin", release),
                        "derek",
                        "Scripts: pins them to a commit",
                        release -> send("derek", "POST", at(release, "/scripts/pin"), Map.of())),
                new Chore(
                        EACH,
                        release -> !none("script_pin", release),
                        release -> none("script_run", release),
                        "derek",
                        "Scripts: runs the way back on staging",
                        release -> send(
                                "derek",
                                "POST",
                                at(release, "/scripts/runs"),
                                Map.of("kind", "ROLLBACK", "environment", "staging"))),
                new Chore(
                        EACH,
                        in(ReleaseState.IN_TEST, ReleaseState.AWAITING_APPROVAL),
                        release -> none("cut_over_lowered", release),
                        "derek",
                        "Cut-over: has lowered the time to live of the name",
                        this::lower),
                new Chore(
                        SECOND,
                        release -> release.state() == ReleaseState.IN_TEST
                                && !component().isEmpty(),
                        release -> none("test_selection", release),
                        "quinn",
                        "Tests: chooses what fits into a second",
                        this::chooseTests),
                new Chore(
                        SECOND,
                        release -> !none("board_vote", release),
                        release -> none("known_issue", release),
                        "quinn",
                        "Known issue: says what users may meet and how they get around it",
                        this::enterIssue),
                new Chore(
                        EACH,
                        release -> receipt(release).isPresent(),
                        release -> none("mail_acknowledgement", release),
                        "sam",
                        "Mail: confirms to have read what is planned",
                        this::acknowledge));
    }

    /** Does the next thing whose time has come; empty when there is none. */
    Optional<Twists.Deed> next(Release release) {
        for (Chore chore : chores) {
            if ((chore.version().equals(EACH) || chore.version().equals(release.version()))
                    && chore.when().test(release)
                    && chore.missing().test(release)) {
                chore.does().accept(release);
                return Optional.of(new Twists.Deed(actors.named(chore.login()), chore.says()));
            }
        }
        return Optional.empty();
    }

    /** Takes back what would ask of the next release what no hand of the tour does: scripts, a name with a time to live, regions. */
    List<Twists.Deed> tidyUp() {
        List<Twists.Deed> deeds = new ArrayList<>();
        if (!noneOfSystem("script_rule")) {
            send("oscar", "DELETE", "/scripts/" + SampleLandscape.SYSTEM, Map.of());
            deeds.add(new Twists.Deed(actors.named("oscar"), "Scripts: takes the rule back"));
        }
        if (!noneOfSystem("cut_over_name")) {
            send("oscar", "DELETE", "/cut-over/" + SampleLandscape.SYSTEM, Map.of());
            deeds.add(new Twists.Deed(actors.named("oscar"), "Cut-over: takes the name back"));
        }
        if (!noneOfSystem("system_region")) {
            send("mara", "PUT", "/regions/" + SampleLandscape.SYSTEM, Map.of("regions", List.of()));
            deeds.add(new Twists.Deed(actors.named("mara"), "Regions: all are served at once again"));
        }
        return deeds;
    }

    private static Predicate<Release> in(ReleaseState... states) {
        return release -> List.of(states).contains(release.state());
    }

    private Predicate<Release> at(String task) {
        return release -> actors.openTasks(release.key()).stream()
                .anyMatch(open -> open.getTaskDefinitionKey().equals(task));
    }

    private boolean isSealed(Release release) {
        return !none("package_seal", release);
    }

    private void denyStocktaking(Release release) {
        String start = DAY_AND_TIME.format(clock.instant().plus(Duration.ofDays(200)));
        send(
                "mara",
                "POST",
                "/calendars",
                Map.of(
                        "kind",
                        "DENY",
                        "name",
                        "Stocktaking",
                        "system",
                        release.system(),
                        "rule",
                        "DTSTART;TZID=UTC:" + start + "\nDURATION:PT6H\nRRULE:FREQ=YEARLY"));
    }

    private void describeRegions(Release release) {
        send(
                "mara",
                "PUT",
                "/regions/" + release.system(),
                Map.of(
                        "regions",
                        List.of(
                                Map.of("name", "Headquarters", "zone", "UTC"),
                                Map.of("name", "Japan", "zone", "Asia/Tokyo"))));
    }

    private void assume(Release release) {
        send(
                "paul",
                "POST",
                at(release, "/scope/assumptions"),
                Map.of(
                        "statement", "The bank keeps its interface for payments as it is.",
                        "party", "Bank",
                        "validUntil", in(Duration.ofDays(1)),
                        "impact", "Nobody could pay.",
                        "dependingTasks", List.of("userTask_acceptGo")));
    }

    private void confirm(Release release) {
        send(
                "mara",
                "POST",
                at(release, "/scope/assumptions/1/confirmation"),
                Map.of(
                        "holds",
                        true,
                        "validUntil",
                        in(Duration.ofDays(1)),
                        "evidence",
                        "A letter of the bank of this week."));
    }

    private void promise(Release release) {
        send(
                "paul",
                "PUT",
                at(release, "/scope/metrics/uptime"),
                Map.of(
                        "name", "Uptime after deployment",
                        "formula", "answered of all requests, in percent",
                        "baseline", "99.5",
                        "target", "99.9",
                        "direction", "AT_LEAST",
                        "source", "AVAILABILITY"));
    }

    private void planMaterial(Release release) {
        send(
                "paul",
                "POST",
                at(release, "/materials"),
                Map.of("kind", "TRAINING", "audience", "service", "item", "SHOP-102"));
    }

    private void enterScripts(Release release) {
        send(
                "oscar",
                "PUT",
                "/scripts/" + release.system(),
                Map.of(
                        "revision", "main",
                        "folder", "ops",
                        "deploy", "ops/deploy.sh",
                        "rollback", "ops/rollback.sh",
                        "validDays", 30));
    }

    private void enterName(Release release) {
        send(
                "oscar",
                "PUT",
                "/cut-over/" + release.system(),
                Map.of("name", "shop.storefront.example", "ttl", "PT2S", "lowered", "PT1S"));
    }

    private void enterData(Release release) {
        desk.send(
                actors.named("dana"),
                "PUT",
                "/migrations/" + release.system() + "/data",
                "text/plain",
                "create table orders (id integer primary key, total integer);"
                        + " insert into orders values (1, 10), (2, 20), (3, 30);");
    }

    private void beginRefresh(Release release) {
        SamplePerson dana = actors.named("dana");
        JsonNode begun = desk.send(
                dana,
                "POST",
                "/refreshes",
                Map.of(
                        "system",
                        release.system(),
                        "environment",
                        "staging",
                        "sourceVersion",
                        "2.3.0",
                        "masked",
                        List.of("customer.mail"),
                        "references",
                        List.of("orders.customer -> customer.id"),
                        "configuration",
                        100,
                        "topology",
                        100,
                        "load",
                        100));
        desk.send(
                dana,
                "POST",
                "/refreshes/" + begun.path("number").asText() + "/tables",
                Map.of(
                        "tables",
                        List.of(
                                Map.of(
                                        "name", "customer",
                                        "original", "id,mail\n1,ann@shop\n2,bob@shop",
                                        "masked", "id,mail\n1,x1@test\n2,x2@test"),
                                Map.of(
                                        "name", "orders",
                                        "original", "id,customer\n7,1\n8,2",
                                        "masked", "id,customer\n7,1\n8,2"))));
    }

    private void book(Release release) {
        Instant start = clock.instant().plus(Duration.ofDays(1));
        send(
                "quinn",
                "POST",
                "/bookings",
                Map.of(
                        "release", release.key(),
                        "environment", "staging",
                        "start", start.toString(),
                        "end", start.plus(Duration.ofHours(1)).toString(),
                        "purpose", "Load test"));
    }

    private void writeSummary(Release release) {
        send(
                "mara",
                "PUT",
                at(release, "/summary"),
                Map.of(
                        "body", "Whoever buys ten pieces of a product pays ten percent less for them.",
                        "decision", "May the discount be announced tomorrow?"));
    }

    private static final String LOAD_TEST = "The load test";

    private void askExemption(Release release) {
        send("mara", "POST", at(release, "/exemptions"), exemption());
    }

    private void isDenied(Release release) {
        desk.isRefused(actors.named("ravi"), "POST", "/releases/" + release.key() + "/exemptions", exemption());
    }

    private Map<String, Object> exemption() {
        return Map.of(
                "skipped",
                LOAD_TEST,
                "compensatingControl",
                "Traffic is watched after the switch.",
                "validation",
                "The load test is run with the version that is live.",
                "validateBy",
                in(Duration.ofHours(1)));
    }

    private void enterContract(Release release) {
        send(
                "quinn",
                "POST",
                "/contracts",
                Map.of(
                        "consumer", release.system(),
                        "consumerFrom", "2.4.0",
                        "provider", "payments",
                        "providerFrom", "1.0.0",
                        "works", true,
                        "evidence", "Verified against the bank's own test system."));
    }

    private void copyData(Release release) {
        desk.get(actors.named("ada"), "/privacy/copy?person=sam");
    }

    private void configure(Release release) {
        for (String environment : List.of("development", "staging", "production")) {
            send(
                    "ravi",
                    "POST",
                    "/configuration",
                    Map.of(
                            "system",
                            release.system(),
                            "environment",
                            environment,
                            "name",
                            "shop.currency",
                            "value",
                            "EUR"));
        }
    }

    private void acceptValue(Release release) {
        valueWaits().ifPresent(id -> send("oscar", "POST", "/configuration/" + id + "/accept", Map.of()));
    }

    private void handInMore(Release release) {
        file(release, "storefront.bom.json", COMPONENTS);
        file(release, "shop.template", "currency=${shop.currency}\n");
        file(release, "V2__discounts.sql", "alter table orders add discount integer;");
        file(release, "U2__discounts.sql", "alter table orders drop column discount;");
    }

    private void file(Release release, String name, String content) {
        desk.send(
                actors.named("ravi"), "PUT", "/releases/" + release.key() + "/packaging/files/" + name, FILE, content);
    }

    private void rebuild(Release release) {
        send("dora", "POST", at(release, "/packaging/rebuilds"), Map.of("revision", "v" + release.version()));
    }

    private void lower(Release release) {
        send(
                "derek",
                "POST",
                at(release, "/cut-over/lowered"),
                Map.of("seen", "PT1S", "loweredAt", clock.instant().toString()));
    }

    private void chooseTests(Release release) {
        send(
                "quinn",
                "POST",
                at(release, "/quality/test-selection"),
                Map.of("budgetSeconds", 1, "changedComponents", List.of(component())));
    }

    private void enterIssue(Release release) {
        send(
                "quinn",
                "POST",
                at(release, "/issues"),
                Map.of(
                        "title", "The cheapest product may stand second",
                        "effect", "Of two products at the same price the newer one comes first.",
                        "workaround", "Sort by name."));
    }

    private void acknowledge(Release release) {
        receipt(release).ifPresent(link -> actors.acknowledge(actors.named("sam"), link));
    }

    private void send(String login, String method, String path, Map<String, ?> body) {
        desk.send(actors.named(login), method, path, body);
    }

    private static String at(Release release, String path) {
        return "/releases/" + release.key() + path;
    }

    private String in(Duration time) {
        return clock.instant().plus(time).toString();
    }

    private boolean none(String table, Release release) {
        return count("select count(*) from " + table + " where release_id = ?", StoredIds.bytes(release)) == 0;
    }

    private boolean noneOfSystem(String table) {
        return count("select count(*) from " + table + " where system_key = ?", SampleLandscape.SYSTEM) == 0;
    }

    private boolean noDenial() {
        return count(
                        "select count(*) from audit_entry where action = ? and actor = ?",
                        "access.deny",
                        actors.idOf(actors.named("ravi")))
                == 0;
    }

    private boolean noContract() {
        return count("select count(*) from contract_entry where consumer = ?", SampleLandscape.SYSTEM) == 0;
    }

    private boolean noCopy() {
        return count("select count(*) from audit_entry where action = ?", "privacy.export") == 0;
    }

    private boolean noFile(Release release, String name) {
        return count(
                        "select count(*) from package_file where release_id = ? and name = ?",
                        StoredIds.bytes(release),
                        name)
                == 0;
    }

    private boolean rehearsalWaits(Release release) {
        return count(
                        "select count(*) from migration_rehearsal r where r.release_id = ? and not exists"
                                + " (select 1 from migration_approval a where a.rehearsal_id = r.id)",
                        StoredIds.bytes(release))
                > 0;
    }

    private Optional<Long> valueWaits() {
        return jdbc
                .sql("select id from config_value where system_key = ? and accepted_at is null order by id desc")
                .param(SampleLandscape.SYSTEM)
                .query(Long.class)
                .list()
                .stream()
                .findFirst();
    }

    /** A component of which tests are known. */
    private String component() {
        return jdbc
                .sql("select component from test_case where system_key = ? order by component")
                .param(SampleLandscape.SYSTEM)
                .query(String.class)
                .list()
                .stream()
                .findFirst()
                .orElse("");
    }

    /** What the service desk was sent of a release and has a link to confirm. */
    private Optional<String> receipt(Release release) {
        return jdbc
                .sql("select o.plain from outbox_mail o join mail_message m on m.message_id = o.message_id"
                        + " where m.release_id = ? and m.person_id = ? and m.acknowledgeable order by m.created_at")
                .params(StoredIds.bytes(release), actors.idOf(actors.named("sam")))
                .query(String.class)
                .list()
                .stream()
                .findFirst();
    }

    private long count(String sql, Object... parameters) {
        return jdbc.sql(sql).params(List.of(parameters)).query(Long.class).single();
    }
}
