package io.slipway.platform.data;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * After every migration gives the application's account its rights, table by table: rows may be read and changed, audit entries may
 * be read and added, and no table may be created, altered, emptied or dropped.
 */
@Component
class Grants implements Callback {

    /** Tables to which the application may add, and nothing else. */
    private static final Set<String> INSERT_ONLY = Set.of(
            "adherence_intervention",
            "approval_decision",
            "approval_part",
            "approval_requirement",
            "approval_round",
            "approval_seat",
            "assumption_check",
            "audit_entry",
            "board_ballot",
            "build_comparison",
            "build_record",
            "build_request",
            "build_review",
            "change_ticket",
            "closing_evaluation",
            "closure_addendum",
            "cmdb_update",
            "comparison_decision",
            "cut_over_lowered",
            "drift_check",
            "emergency_review",
            "exit_waiver",
            "exit_waiver_grant",
            "feedback_collection",
            "feedback_link",
            "feedback_report",
            "feedback_summary",
            "feedback_verdict",
            "finding_sighting",
            "gate_evaluation",
            "gate_evidence",
            "gate_verdict",
            "lesson",
            "lesson_tag",
            "mail_acknowledgement",
            "metric_comparison",
            "metric_verdict",
            "migration_approval",
            "migration_rehearsal",
            "operability_derivation",
            "package_hop",
            "package_seal",
            "production_rollback",
            "release_closure",
            "release_comment",
            "release_copy",
            "release_review",
            "required_update",
            "review_conclusion",
            "script_reading",
            "review_point",
            "review_timeline",
            "risk_assessment",
            "script_line",
            "script_pin",
            "standard_change_approval",
            "synthetic_baseline",
            "synthetic_run",
            "trade_off_answer",
            "trade_off_decision",
            "trade_off_offer",
            "traffic_look",
            "update_attestation");

    private static final Set<String> HIDDEN = Set.of("flyway_schema_history");

    private final Environment environment;

    Grants(Environment environment) {
        this.environment = environment;
    }

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.AFTER_MIGRATE;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public String getCallbackName() {
        return "grants";
    }

    @Override
    public void handle(Event event, Context context) {
        try {
            grant(context.getConnection());
        } catch (SQLException e) {
            throw new IllegalStateException("The application's database account could not be given its rights", e);
        }
    }

    private void grant(Connection connection) throws SQLException {
        boolean h2 = "H2".equals(connection.getMetaData().getDatabaseProductName());
        String user = environment.getRequiredProperty("spring.datasource.username");
        String account = h2 ? quoted(user, '"') : quoted(user, '`') + "@'%'";
        try (Statement statement = connection.createStatement()) {
            if (h2) {
                // A server has the account already, and its password need not be known here.
                String password = environment.getRequiredProperty("spring.datasource.password");
                statement.execute("create user if not exists " + account + " password " + quoted(password, '\''));
            }
            for (String table : tables(connection)) {
                String rights = INSERT_ONLY.contains(table.toLowerCase(Locale.ROOT))
                        ? "select, insert"
                        : "select, insert, update, delete";
                statement.execute(
                        "grant " + rights + " on " + (h2 ? quoted(table, '"') : quoted(table, '`')) + " to " + account);
            }
        }
    }

    private static List<String> tables(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet rows = connection
                .getMetaData()
                .getTables(
                        connection.getCatalog(), connection.getSchema(), "%", new String[] {"TABLE", "BASE TABLE"})) {
            while (rows.next()) {
                String name = rows.getString("TABLE_NAME");
                if (!HIDDEN.contains(name.toLowerCase(Locale.ROOT))) {
                    tables.add(name);
                }
            }
        }
        return tables;
    }

    private static String quoted(String text, char quote) {
        return quote + text.replace(String.valueOf(quote), String.valueOf(quote).repeat(2)) + quote;
    }
}
