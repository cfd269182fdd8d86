package io.slipway.quality;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads JaCoCo XML: the counters of the whole report and nothing below them.
 *
 * <p>JaCoCo writes a declaration of its document type into each report. Exactly that one, which only names a file, is cut out before
 * the parser sees anything, so that nothing is fetched or expanded; any other document type is refused as everywhere.
 */
final class JacocoXml {

    private static final int HEAD = 4096;
    private static final int MOST_DEPTH = 100;
    private static final int MOST_ELEMENTS = 5_000_000;

    private static final Set<String> TYPES = Set.of("INSTRUCTION", "BRANCH", "LINE", "COMPLEXITY", "METHOD", "CLASS");

    /** What may stand before the root: a mark of the encoding, a declaration of XML, instructions, comments. */
    private static final String PROLOG =
            "^(?:\\u00ef\\u00bb\\u00bf|\\ufeff)?(?:\\s|<\\?[^<>]*\\?>|<!--(?:(?!--)[\\x00-\\uffff])*-->)*+";

    /** The declaration as JaCoCo writes it, with either quotes: no internal subset, only names. */
    private static final Pattern DECLARATION = Pattern.compile(
            PROLOG
                    + "(<!DOCTYPE\\s+report\\s+PUBLIC\\s+([\"'])-//JACOCO//DTD Report 1\\.[0-9]//EN\\2\\s+([\"'])[^\"'<>\\[\\]]{1,100}\\3\\s*>)");

    private static final Pattern ROOT = Pattern.compile(PROLOG + "<report[\\s>]");

    private JacocoXml() {}

    /** Whether a file that begins like this wants to be a report of coverage. */
    static boolean isMeant(byte[] head) {
        boolean wide = head.length > 1 && ((head[0] & 0xff) == 0xfe || (head[0] & 0xff) == 0xff);
        String text = new String(head, wide ? StandardCharsets.UTF_16 : StandardCharsets.ISO_8859_1);
        return DECLARATION.matcher(text).find() || ROOT.matcher(text).find();
    }

    /**
     * Reads a report to its end.
     *
     * @throws ReportRefused when it is none, is hostile, or passes a limit
     * @throws IOException when it cannot be read
     */
    static ReadEvidence.Coverage read(InputStream report) throws ReportRefused, IOException {
        byte[] head = report.readNBytes(HEAD);
        Matcher declared = DECLARATION.matcher(new String(head, StandardCharsets.ISO_8859_1));
        byte[] begin = declared.find() ? EvidenceFormats.without(head, declared.start(1), declared.end(1)) : head;
        return parsed(new SequenceInputStream(new ByteArrayInputStream(begin), report));
    }

    private static ReadEvidence.Coverage parsed(InputStream report) throws ReportRefused, IOException {
        List<CoverageReport.Counter> counters = new ArrayList<>();
        int depth = 0;
        int elements = 0;
        XMLStreamReader xml = null;
        try {
            xml = JUnitXml.factory().createXMLStreamReader(report);
            while (xml.hasNext()) {
                switch (xml.next()) {
                    case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> throw JUnitXml.documentType();
                    case XMLStreamConstants.START_ELEMENT -> {
                        if (++depth > MOST_DEPTH) {
                            throw new ReportRefused("The report is nested deeper than " + MOST_DEPTH + " elements.");
                        }
                        if (++elements > MOST_ELEMENTS) {
                            throw new ReportRefused(
                                    "The report has more than " + MOST_ELEMENTS + " elements; please split it.");
                        }
                        if (depth == 1 && !xml.getLocalName().equals("report")) {
                            throw new ReportRefused("The file is no JaCoCo report: it begins with <"
                                    + JUnitXml.shown(xml.getLocalName()) + "> where <report> is expected.");
                        }
                        if (depth == 2 && xml.getLocalName().equals("counter")) {
                            counters.add(counter(xml, counters));
                        }
                    }
                    case XMLStreamConstants.END_ELEMENT -> depth--;
                    default -> {}
                }
            }
        } catch (XMLStreamException e) {
            throw JUnitXml.unreadable(e, xml);
        }
        CoverageReport read = new CoverageReport(counters);
        return new ReadEvidence.Coverage(
                read,
                read.lines() == 0
                        ? List.of("The report measured no line, so it counts as no report of coverage.")
                        : List.of());
    }

    private static CoverageReport.Counter counter(XMLStreamReader xml, List<CoverageReport.Counter> before)
            throws ReportRefused {
        String type = xml.getAttributeValue(null, "type");
        if (type == null || !TYPES.contains(type)) {
            throw new ReportRefused("The report has a counter of the unknown type '" + JUnitXml.shown(type) + "'.");
        }
        if (before.stream().anyMatch(counter -> counter.type().equals(type))) {
            throw new ReportRefused("The report has the counter " + type + " of the whole twice.");
        }
        return new CoverageReport.Counter(
                type,
                number(type, xml.getAttributeValue(null, "missed")),
                number(type, xml.getAttributeValue(null, "covered")));
    }

    private static long number(String type, @Nullable String text) throws ReportRefused {
        if (text == null || !text.strip().matches("[0-9]{1,15}")) {
            throw new ReportRefused("The counter " + type + " has the number '" + JUnitXml.shown(text)
                    + "'; a whole number from 0 on is expected.");
        }
        return Long.parseLong(text.strip());
    }
}
