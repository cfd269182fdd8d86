package io.slipway.governance.web;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Writes rows of comma-separated values (RFC 4180) that a spreadsheet shows as text: what would begin a formula is written behind an
 * apostrophe.
 */
final class SafeCsv {

    private static final String BEGINNINGS = "=+-@\t\r\n|";

    private final CSVPrinter printer;

    /** Begins with the names of the columns. */
    SafeCsv(Appendable out, String... columns) throws IOException {
        this.printer = new CSVPrinter(out, CSVFormat.RFC4180);
        printer.printRecord(Arrays.asList(columns));
    }

    /** Writes a row. */
    void row(Object... cells) throws IOException {
        List<String> safe =
                Arrays.stream(cells).map(cell -> cell(String.valueOf(cell))).toList();
        printer.printRecord(safe);
    }

    /** Text that no spreadsheet takes for a formula; numbers stay numbers. */
    static String cell(String text) {
        boolean number = text.matches("-?\\d{1,18}(\\.\\d{1,18})?");
        return !text.isEmpty() && BEGINNINGS.indexOf(text.charAt(0)) >= 0 && !number ? "'" + text : text;
    }
}
