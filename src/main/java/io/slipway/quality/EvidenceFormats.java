package io.slipway.quality;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;

/** Finds out of what kind a report is by its first characters and its first element, and reads it. */
final class EvidenceFormats {

    private static final int HEAD = 4096;

    private EvidenceFormats() {}

    /**
     * Reads a report to its end.
     *
     * @throws ReportRefused when it is of no known kind, is hostile, or passes a limit
     * @throws IOException when it cannot be read
     */
    static ReadEvidence read(InputStream report) throws ReportRefused, IOException {
        byte[] head = report.readNBytes(HEAD);
        PushbackInputStream whole = new PushbackInputStream(report, Math.max(1, head.length));
        whole.unread(head);
        if (first(head) == '{' || first(head) == '[') {
            return Sarif.read(whole);
        }
        return JacocoXml.isMeant(head) ? JacocoXml.read(whole) : JUnitXml.readWhole(whole);
    }

    /** The first character that is no blank, byte order mark or filler of a wider encoding. */
    private static int first(byte[] head) {
        for (byte each : head) {
            int value = each & 0xff;
            if (value > ' ' && value != 0xef && value != 0xbb && value != 0xbf && value != 0xfe && value != 0xff) {
                return value;
            }
        }
        return -1;
    }

    /** The same bytes, without those from one place to another. */
    static byte[] without(byte[] bytes, int from, int to) {
        byte[] rest = Arrays.copyOf(bytes, bytes.length - (to - from));
        System.arraycopy(bytes, to, rest, from, bytes.length - to);
        return rest;
    }
}
