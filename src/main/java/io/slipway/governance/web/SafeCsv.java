package io.slipway.governance.web;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Writes rows of comma-separated values (RFC 4180) that a spreadsheet shows as text: what would begin a formula is written behind an
 * apostrophe.
 */
final class SafeCsv {

    private static final String BEGINNINGS = "=+-@\t\r\n|";

    private final Appendable out;

    /** Begins with the names of the columns. */
    SafeCsv(Appendable out, String... columns) throws IOException {
        this.out = out;
        row((Object[]) columns);
    }

    /** Writes a row. */
    void row(Object... cells) throws IOException {
        out.append(Arrays.stream(cells)
                        .map(cell -> quoted(cell(String.valueOf(cell))))
                        .collect(Collectors.joining(",")))
                .append("\r\n");
    }

    /** Text that no spreadsheet takes for a formula; numbers stay numbers. */
    static String cell(String text) {
        boolean number = text.matches("-?\\d{1,18}(\\.\\d{1,18})?");
        return !text.isEmpty() && BEGINNINGS.indexOf(text.charAt(0)) >= 0 && !number ? "'" + text : text;
    }

    private static String quoted(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
