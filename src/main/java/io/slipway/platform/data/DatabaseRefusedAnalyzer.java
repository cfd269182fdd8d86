package io.slipway.platform.data;

import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.env.Environment;

/** Prints, instead of a stack trace, what is wrong with the account, the schema or the address of a server. */
class DatabaseRefusedAnalyzer implements FailureAnalyzer {

    /** What MySQL says of an account, of an account on a schema, and of a schema. */
    private static final int ACCOUNT_REFUSED = 1045;

    private static final int SCHEMA_REFUSED = 1044;
    private static final int SCHEMA_MISSING = 1049;

    /** States of a connection that was never made or is gone. */
    private static final String CONNECTION = "08";

    private static final Pattern ACCOUNT = Pattern.compile("for user '([^']*)'@");
    private static final int DEPTH = 30;

    private final Environment environment;

    DatabaseRefusedAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        Throwable at = failure;
        for (int depth = 0; at != null && depth < DEPTH; depth++) {
            if (at instanceof DatabaseRefused refused) {
                return new FailureAnalysis(String.valueOf(refused.getMessage()), refused.remedy(), refused);
            }
            if (at instanceof SQLException refused) {
                FailureAnalysis told = told(refused);
                if (told != null) {
                    return told;
                }
            }
            at = at.getCause();
        }
        return null;
    }

    private @Nullable FailureAnalysis told(SQLException refused) {
        if (!environment.getProperty("spring.datasource.url", "").startsWith("jdbc:mysql:")) {
            return null;
        }
        String schema = environment.getProperty("slipway.mysql.schema", "");
        String address = environment.getProperty("slipway.mysql.host", "") + ":"
                + environment.getProperty("slipway.mysql.port", "");
        String state = String.valueOf(refused.getSQLState());
        return switch (refused.getErrorCode()) {
            case ACCOUNT_REFUSED -> accountRefused(account(refused), address, refused);
            case SCHEMA_REFUSED ->
                new FailureAnalysis(
                        "The account '" + account(refused) + "' may not use the schema '" + schema + "' at " + address
                                + ", or there is no such schema.",
                        "Make the schema that slipway.mysql.schema names, and give the account of spring.flyway.user all"
                                + " rights on it with grant option; the program then gives the other account its rights.",
                        refused);
            case SCHEMA_MISSING ->
                new FailureAnalysis(
                        "There is no schema '" + schema + "' at " + address + ".",
                        "Make it with 'create database " + schema
                                + " character set utf8mb4 collate utf8mb4_bin', or name another one by slipway.mysql.schema.",
                        refused);
            default ->
                state.startsWith(CONNECTION)
                        ? new FailureAnalysis(
                                "No database server answers at " + address + ".",
                                "See whether it runs and can be reached from here, and whether slipway.mysql.host and"
                                        + " slipway.mysql.port name it.",
                                refused)
                        : null;
        };
    }

    private FailureAnalysis accountRefused(String account, String address, SQLException refused) {
        boolean owner = account.equals(environment.getProperty("spring.flyway.user"));
        String property = owner ? "spring.flyway.password" : "spring.datasource.password";
        return new FailureAnalysis(
                "The server at " + address + " refuses the account '" + account
                        + "' with the password that it was given.",
                "See whether " + DatabaseRefused.variable(property) + " (" + property
                        + ") is the password of the account that "
                        + (owner ? "spring.flyway.user" : "spring.datasource.username")
                        + " names, and whether that account may come from this machine ('" + account + "'@'%').",
                refused);
    }

    /** Whom the server refused; it says so in its message alone. */
    private static String account(SQLException refused) {
        Matcher named = ACCOUNT.matcher(String.valueOf(refused.getMessage()));
        return named.find() ? named.group(1) : "";
    }
}
