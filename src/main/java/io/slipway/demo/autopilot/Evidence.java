package io.slipway.demo.autopilot;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds in the database what releases have touched of everything that Slipway can do. Nothing is taken as touched because somebody
 * meant to: each line counts rows that the work itself left behind.
 */
@Component
@Profile("demo")
public class Evidence {

    private static final String THESE = "(select id from slipway_release where release_key in (:keys))";
    private static final String THEIR_SYSTEMS = "(select system_key from slipway_release where release_key in (:keys))";
    private static final String ANY = "exists (select 1 from slipway_release where release_key in (:keys))";

    /** What is asked of the database, and the words in which the answer is told. */
    private record Count(String words, String sql) {}

    private record Capability(String id, String title, List<Count> counts) {}

    private static final List<Capability> ALL = List.of(
            of(
                    "1.1",
                    "Scope",
                    ofReleases("items decided on", "scope_item", "decision in ('INCLUDED', 'EXCLUDED', 'DEFERRED')")),
            of(
                    "1.2",
                    "Trade-offs",
                    ofReleases("trade-offs ended", "trade_off_decision"),
                    ofReleases("answers of owners", "trade_off_answer")),
            of("1.3", "Class", ofReleases("classes by the table", "scope_round", "class_rule is not null")),
            of("1.4", "Exit criteria", ofReleases("criteria attested", "exit_attestation")),
            of("1.5", "Assumptions", ofReleases("assumptions checked", "assumption_check")),
            of(
                    "1.6",
                    "Success metrics",
                    ofReleases("declared", "success_metric"),
                    ofReleases("verdicts", "metric_verdict")),
            of(
                    "2.1",
                    "Calendars",
                    ofSystems("recurring rules kept", "calendar_rule"),
                    ofReleases("windows planned against them", "release_window", "state = 'PLANNED'")),
            of(
                    "2.2",
                    "Readiness",
                    ofReleases("functions answered", "readiness_verdict"),
                    ofReleases("no-go", "go_decision", "decision = 'NO_GO'"),
                    ofReleases("go", "go_decision", "decision = 'GO'")),
            of("2.3", "Bookings", ofReleases("booked ahead", "audit_entry", "action = 'schedule.bookSlot'")),
            of(
                    "2.4",
                    "Regional waves",
                    ofReleases("planned", "release_wave"),
                    ofReleases("taken over", "release_wave", "acknowledged_by is not null")),
            of(
                    "2.5",
                    "Milestones",
                    ofReleases("reached", "milestone", "actual is not null"),
                    ofReleases("pushed to the planning tool", "milestone_push", "pushed_at is not null")),
            of(
                    "2.6",
                    "Lockdowns",
                    ofSystems("imposed", "lockdown", "enforced_at is not null"),
                    ofSystems("lifted", "lockdown", "ended_at is not null"),
                    ofSystems("incidents", "incident")),
            of("3.1", "Versions", ofReleases("places where they ran", "deployment")),
            of(
                    "3.2",
                    "Rebuilds",
                    new Count(
                            "compared",
                            "select count(*) from build_comparison c join build_request b on b.id = c.request_id"
                                    + " where b.release_id in " + THESE)),
            of(
                    "3.3",
                    "Sealed packages",
                    ofReleases("sealed", "package_seal"),
                    ofReleases("read back", "package_hop", "hop = 'READ_BACK'")),
            of(
                    "3.4",
                    "Components and contracts",
                    ofReleases("lists of components", "package_file", "name like '%bom.json'"),
                    new Count(
                            "contracts",
                            "select count(*) from contract_entry where consumer in " + THEIR_SYSTEMS
                                    + " or provider in " + THEIR_SYSTEMS)),
            of("3.5", "Configuration", ofSystems("values in force", "config_value", "accepted_at is not null")),
            of("3.6", "Checksums", ofReleases("files matched on their way", "package_hop", "matched")),
            of(
                    "4.1",
                    "Quality gates",
                    ofReleases("verdicts", "gate_verdict"),
                    ofReleases("waivers granted", "gate_waiver", "state = 'GRANTED'")),
            of("4.2", "Test selection", ofReleases("chosen under a budget", "test_selection")),
            of(
                    "4.3",
                    "Findings",
                    new Count(
                            "judged by two",
                            "select count(*) from finding_triage t join finding f on f.id = t.finding_id"
                                    + " where t.decided_by is not null and f.last_release_id in " + THESE)),
            of(
                    "4.4",
                    "Environments like production",
                    ofSystems("refreshed", "environment_refresh", "fidelity is not null")),
            of("4.5", "Board votes", ofReleases("concluded", "board_vote", "concluded_at is not null")),
            of("4.6", "Exemptions", ofReleases("made up for", "exemption", "validated_at is not null")),
            of(
                    "5.1",
                    "Pattern",
                    ofReleases(
                            "plans with a pattern",
                            "audit_entry",
                            "action = 'deployment.plan' and facts_after like '%\"pattern\"%'")),
            of("5.2", "Scripts", ofReleases("runs", "script_run", "state = 'SUCCEEDED'")),
            of("5.3", "Migrations", ofReleases("rehearsed", "migration_rehearsal", "passed")),
            of("5.4", "Cut-over", ofReleases("times to live lowered", "cut_over_lowered")),
            of(
                    "5.5",
                    "Live view",
                    ofReleases("looks at the traffic", "traffic_look"),
                    ofReleases("lines of output", "script_line")),
            of("5.6", "Rollback", ofReleases("back to what ran before", "production_rollback")),
            of(
                    "6.1",
                    "Notifications",
                    ofReleases("people told", "release_record_told_to"),
                    ofReleases("known issues", "known_issue")),
            of("6.2", "Executive summary", ofReleases("written", "summary_text")),
            of(
                    "6.3",
                    "Delays",
                    ofReleases("found", "release_delay"),
                    ofReleases("told", "release_delay", "confirmed_at is not null")),
            of("6.4", "Material for users", ofReleases("reviewed", "material", "reviewer is not null")),
            of("6.5", "Escalation", ofReleases("questions decided", "ladder_question", "decided_at is not null")),
            of(
                    "6.6",
                    "Archive of mails",
                    ofReleases("kept", "mail_message"),
                    ofReleases("acknowledged", "mail_acknowledgement")),
            of("7.1", "Verification", ofReleases("journeys", "synthetic_run")),
            of("7.2", "Baselines", ofReleases("comparisons", "metric_comparison")),
            of("7.3", "Feedback", ofReleases("summed up", "feedback_summary")),
            of("7.4", "Review", ofReleases("concluded", "review_conclusion")),
            of("7.5", "Runbooks, monitoring, backup", ofReleases("derived", "operability_derivation")),
            of("7.6", "Closure", ofReleases("signed", "release_closure")),
            of(
                    "8.1",
                    "Change approval",
                    ofReleases("tickets", "change_ticket"),
                    new Count(
                            "approvals",
                            "select count(*) from approval_decision d join approval_round o on o.id = d.round_id"
                                    + " where d.decision = 'APPROVE' and o.release_id in " + THESE)),
            of("8.2", "Audit trail", ofReleases("entries", "audit_entry")),
            of(
                    "8.3",
                    "Compliance",
                    new Count(
                            "copies of a person's data",
                            "select count(*) from audit_entry where action = 'privacy.export' and " + ANY)),
            of(
                    "8.4",
                    "Access",
                    new Count("grants on record", "select count(*) from access_change where joined and " + ANY),
                    new Count("denials", "select count(*) from audit_entry where action = 'access.deny' and " + ANY)),
            of("8.5", "Adherence", ofReleases("releases reviewed", "adherence_review")),
            of("8.6", "Reports", ofReleases("facts for the measures", "deployment_fact")));

    private final JdbcClient jdbc;

    Evidence(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What was found of one capability.
     *
     * @param id such as {@code 1.2}
     * @param title in a word or two
     * @param found what was counted, without what there is nothing of; empty when it was not touched
     */
    public record Touched(String id, String title, List<String> found) {

        /** Keeps its own copy. */
        public Touched {
            found = List.copyOf(found);
        }

        /** Whether anything was found. */
        public boolean touched() {
            return !found.isEmpty();
        }

        /** The line that people read. */
        @Override
        public String toString() {
            return id + " " + title + ": " + (touched() ? String.join(", ", found) : "not touched in this run");
        }
    }

    /** Everything that Slipway can do, in order, with what these releases left of it. */
    public List<Touched> of(Collection<String> releases) {
        List<String> keys = List.copyOf(releases);
        return ALL.stream()
                .map(capability -> new Touched(capability.id(), capability.title(), found(capability, keys)))
                .toList();
    }

    private List<String> found(Capability capability, List<String> keys) {
        List<String> found = new ArrayList<>();
        for (Count count : capability.counts()) {
            long rows =
                    jdbc.sql(count.sql()).param("keys", keys).query(Long.class).single();
            if (rows > 0) {
                found.add(count.words() + ": " + rows);
            }
        }
        return found;
    }

    private static Capability of(String id, String title, Count... counts) {
        return new Capability(id, title, List.of(counts));
    }

    private static Count ofReleases(String words, String table) {
        return new Count(words, "select count(*) from " + table + " where release_id in " + THESE);
    }

    private static Count ofReleases(String words, String table, String condition) {
        return new Count(
                words, "select count(*) from " + table + " where " + condition + " and release_id in " + THESE);
    }

    private static Count ofSystems(String words, String table) {
        return new Count(words, "select count(*) from " + table + " where system_key in " + THEIR_SYSTEMS);
    }

    private static Count ofSystems(String words, String table, String condition) {
        return new Count(
                words, "select count(*) from " + table + " where " + condition + " and system_key in " + THEIR_SYSTEMS);
    }
}
