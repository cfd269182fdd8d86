package io.slipway.quality;

import io.slipway.platform.text.Beginning;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads JUnit XML, a format that every tool writes a little differently.
 *
 * <p>Only single tests are counted: what suites say of themselves is wrong often enough. Nothing outside the file is ever read, and
 * the file is read as a stream within limits, so that a hostile one costs little.
 */
final class JUnitXml {

    private static final int MOST_DEPTH = 100;
    private static final int MOST_TESTS = 200_000;
    private static final int MOST_ELEMENTS = 2_000_000;
    private static final int MOST_KEPT = 20_000;
    private static final int MOST_NAMED = 20;
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_NUMBER = 40;
    private static final BigDecimal LONGEST_SECONDS = BigDecimal.valueOf(1_000_000);

    private static final Set<String> FAILED = Set.of("failure", "error", "rerunFailure", "rerunError");
    private static final Set<String> FLAKY = Set.of("flakyFailure", "flakyError");
    private static final Set<String> FAILED_STATES = Set.of("failed", "failure", "fail", "error");
    private static final Set<String> PASSED_STATES = Set.of(
            "",
            "passed",
            "pass",
            "success",
            "successful",
            "succeeded",
            "ok",
            "run",
            "completed",
            "complete",
            "executed",
            "finished",
            "done");
    private static final Set<String> SKIPPED_STATES =
            Set.of("skipped", "ignored", "disabled", "notrun", "notrunnable", "suppressed", "pending", "skip");

    private final Deque<String> open = new ArrayDeque<>();
    private final Deque<Suite> suites = new ArrayDeque<>();
    private final List<String> failures = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private final List<Case> cases = new ArrayList<>();
    private @Nullable Test test;
    private @Nullable String announced;
    private int elements;
    private int total;
    private int failed;
    private int skipped;
    private int flaky;
    private int moreRemarks;

    private JUnitXml() {}

    /** A suite while it is read. */
    private static final class Suite {

        private final String name;
        private final int announced;
        private boolean broken;
        private int failed;

        Suite(String name, int announced) {
            this.name = name;
            this.announced = announced;
        }
    }

    /** How one test ended. */
    enum Outcome {
        PASSED,
        FAILED,
        SKIPPED,
        FLAKY
    }

    /**
     * One test.
     *
     * @param type the class that it stands in; empty when the report names none
     * @param millis how long it took; 0 when the report does not say
     */
    record Case(String type, String name, long millis, Outcome outcome) {}

    /** A test while it is read. */
    private static final class Test {

        private final String name;
        private final String type;
        private long millis;
        private boolean failed;
        private boolean skipped;
        private boolean flaky;

        Test(String type, String name) {
            this.type = type;
            this.name = name;
        }
    }

    /**
     * Reads a report to its end.
     *
     * @throws ReportRefused when it is none, is hostile, or passes a limit
     * @throws IOException when it cannot be read
     */
    static TestReport read(InputStream report) throws ReportRefused, IOException {
        return readWhole(report).report();
    }

    /** Reads a report to its end, and keeps the single tests as far as {@link #MOST_KEPT}. */
    static ReadEvidence.Tests readWhole(InputStream report) throws ReportRefused, IOException {
        JUnitXml read = new JUnitXml();
        return new ReadEvidence.Tests(read.parsed(report), read.cases);
    }

    private TestReport parsed(InputStream report) throws ReportRefused, IOException {
        XMLStreamReader xml = null;
        try {
            xml = factory().createXMLStreamReader(report);
            while (xml.hasNext()) {
                switch (xml.next()) {
                    case XMLStreamConstants.DTD -> throw documentType();
                    case XMLStreamConstants.ENTITY_REFERENCE -> throw documentType();
                    case XMLStreamConstants.START_ELEMENT -> begin(xml);
                    case XMLStreamConstants.END_ELEMENT -> end();
                    default -> {}
                }
            }
        } catch (XMLStreamException e) {
            throw unreadable(e, xml);
        }
        return result();
    }

    /** Why it cannot be read as XML; bytes that are not of its encoding are the file's fault, though the parser calls that input. */
    static ReportRefused unreadable(XMLStreamException e, @Nullable XMLStreamReader xml) throws IOException {
        if (e.getNestedException() instanceof CharConversionException) {
            String encoding = xml == null ? null : xml.getEncoding();
            return new ReportRefused("The file has bytes that are not of its encoding, "
                    + (encoding == null ? "which is the one that it declares or else UTF-8" : shown(encoding))
                    + at(e) + "; please save it as UTF-8.");
        }
        if (e.getNestedException() instanceof IOException broken) {
            throw broken;
        }
        return new ReportRefused("The file is no well-formed XML" + at(e) + ".");
    }

    /** The JDK's own parser with document types off: no entity is defined, expanded or fetched. */
    static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("Nothing outside a report is read");
        });
        return factory;
    }

    private void begin(XMLStreamReader xml) throws ReportRefused {
        String name = xml.getLocalName();
        String parent = open.peek();
        open.push(name);
        if (open.size() > MOST_DEPTH) {
            throw new ReportRefused("The report is nested deeper than " + MOST_DEPTH + " elements.");
        }
        if (++elements > MOST_ELEMENTS) {
            throw new ReportRefused("The report has more than " + MOST_ELEMENTS + " elements; please split it.");
        }
        if (parent == null) {
            root(name, xml);
        } else if (test != null && parent.equals("testcase")) {
            outcome(test, name);
        } else if (parent.equals("testsuite") && FAILED.contains(name)) {
            suites.element().broken = true;
        } else if (parent.equals("testsuites") && FAILED.contains(name)) {
            total++;
            fail("(the whole run)");
            remark("The run failed as a whole, which counts as one failed test.");
        }
        if (name.equals("testsuite")) {
            suites.push(new Suite(
                    shown(xml.getAttributeValue(null, "name")),
                    number(xml.getAttributeValue(null, "failures")) + number(xml.getAttributeValue(null, "errors"))));
        } else if (name.equals("testcase")) {
            beginTest(xml);
        }
    }

    private void root(String name, XMLStreamReader xml) throws ReportRefused {
        if (!name.equals("testsuites") && !name.equals("testsuite")) {
            throw new ReportRefused("The file is no JUnit report: it begins with <" + shown(name)
                    + "> where <testsuites> or <testsuite> is expected.");
        }
        announced = xml.getAttributeValue(null, "tests");
    }

    private void beginTest(XMLStreamReader xml) throws ReportRefused {
        if (test != null) {
            throw new ReportRefused("The report has a test within the test " + test.name + ".");
        }
        if (++total > MOST_TESTS) {
            throw new ReportRefused("The report has more than " + MOST_TESTS + " tests; please split it.");
        }
        String type = xml.getAttributeValue(null, "classname");
        String name = shown(xml.getAttributeValue(null, "name"));
        Test begun =
                type == null || type.isBlank() ? new Test("", name) : new Test(shown(type), shown(type) + "." + name);
        begun.millis = duration(begun.name, xml.getAttributeValue(null, "time"));
        for (String attribute : List.of("status", "result")) {
            String state = lower(xml.getAttributeValue(null, attribute));
            begun.skipped |= SKIPPED_STATES.contains(state);
            if (!PASSED_STATES.contains(state) && !SKIPPED_STATES.contains(state)) {
                begun.failed = true;
                if (!FAILED_STATES.contains(state)) {
                    remark(begun.name + " has the unknown state '" + shown(state) + "', which counts as failed.");
                }
            }
        }
        begun.skipped |= says(xml, "skipped", "true")
                || says(xml, "disabled", "true")
                || says(xml, "ignored", "true")
                || says(xml, "executed", "false");
        test = begun;
    }

    private static boolean says(XMLStreamReader xml, String attribute, String value) {
        return lower(xml.getAttributeValue(null, attribute)).equals(value);
    }

    private static int number(@Nullable String text) {
        return text != null && text.strip().matches("[0-9]{1,8}") ? Integer.parseInt(text.strip()) : 0;
    }

    private static void outcome(Test test, String element) {
        test.failed |= FAILED.contains(element);
        test.flaky |= FLAKY.contains(element);
        test.skipped |= element.equals("skipped");
    }

    private void end() {
        String name = open.pop();
        if (name.equals("testcase") && test != null) {
            count(test);
            test = null;
        } else if (name.equals("testsuite")) {
            Suite suite = suites.pop();
            if (suite.announced > suite.failed && !suite.broken) {
                remark("The suite " + suite.name + " announces " + suite.announced + " failures and errors; "
                        + suite.failed + " of its tests failed.");
            }
            if (!suites.isEmpty()) {
                suites.element().failed += suite.failed + (suite.broken ? 1 : 0);
            }
            if (suite.broken) {
                total++;
                fail(suite.name + " (the suite itself)");
                remark("The suite " + suite.name + " failed as a whole, which counts as one failed test.");
            }
        }
    }

    private void count(Test ended) {
        Outcome outcome = Outcome.PASSED;
        if (ended.failed) {
            if (!suites.isEmpty()) {
                suites.element().failed++;
            }
            fail(ended.name);
            outcome = Outcome.FAILED;
        } else if (ended.skipped) {
            skipped++;
            outcome = Outcome.SKIPPED;
        } else if (ended.flaky) {
            flaky++;
            outcome = Outcome.FLAKY;
        }
        if (cases.size() < MOST_KEPT) {
            cases.add(new Case(ended.type, ended.name, ended.millis, outcome));
        }
    }

    private void fail(String name) {
        failed++;
        if (failures.size() < MOST_NAMED) {
            failures.add(name);
        }
    }

    /** Milliseconds; a duration decides nothing at the gate, so an odd one is named, counts as none, and is not refused. */
    private long duration(String name, @Nullable String time) {
        if (time == null || time.isBlank()) {
            return 0;
        }
        String text = time.strip();
        // A single comma without a point is how half of the world writes a point; others group thousands.
        text = text.indexOf(',') == text.lastIndexOf(',') && text.indexOf('.') < 0
                ? text.replace(',', '.')
                : text.replace(",", "");
        if (text.length() > LONGEST_NUMBER) {
            remark(name + " has the duration '" + shown(time) + "', which is too long for a number.");
            return 0;
        }
        try {
            BigDecimal seconds = new BigDecimal(text);
            if (seconds.signum() >= 0) {
                return seconds.compareTo(LONGEST_SECONDS) > 0
                        ? LONGEST_SECONDS.longValueExact() * 1000
                        : (long) (seconds.doubleValue() * 1000);
            }
        } catch (NumberFormatException e) {
            remark(name + " has the duration '" + shown(time) + "', which is no number.");
            return 0;
        }
        remark(name + " has the negative duration '" + shown(time) + "'.");
        return 0;
    }

    private void remark(String sentence) {
        if (remarks.size() < MOST_NAMED) {
            remarks.add(sentence);
        } else {
            moreRemarks++;
        }
    }

    private TestReport result() {
        if (announced != null && !announced.strip().equals(String.valueOf(total))) {
            remark("The report announces " + shown(announced) + " tests; " + total + " were counted.");
        }
        if (total == 0) {
            remark("The report has no test, which counts as a failure.");
        }
        if (moreRemarks > 0) {
            remarks.add("There are " + moreRemarks + " more remarks.");
        }
        return new TestReport(total, failed, skipped, flaky, failures, remarks);
    }

    static ReportRefused documentType() {
        return new ReportRefused("The report has a document type (<!DOCTYPE …>), through which a file can make a reader"
                + " fetch or expand other content; please hand in a report without one.");
    }

    static String at(XMLStreamException e) {
        return e.getLocation() == null || e.getLocation().getLineNumber() < 1
                ? ""
                : " at line " + e.getLocation().getLineNumber();
    }

    private static String lower(@Nullable String text) {
        return text == null ? "" : text.strip().toLowerCase(Locale.ROOT);
    }

    /** What a report says reaches people as short plain text. */
    static String shown(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return "(unnamed)";
        }
        String plain = text.strip().replaceAll("\\p{Cntrl}", " ");
        return Beginning.marked(plain, LONGEST_NAME + 1);
    }
}
