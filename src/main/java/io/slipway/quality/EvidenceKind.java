package io.slipway.quality;

/** What a report is about; found by what the file contains, never by its name. */
public enum EvidenceKind {
    TESTS("Tests", "JUnit XML"),
    SECURITY("Security scan", "SARIF 2.1.0"),
    COVERAGE("Coverage", "JaCoCo XML");

    private final String label;
    private final String format;

    EvidenceKind(String label, String format) {
        this.label = label;
        this.format = format;
    }

    /** The words that people read. */
    public String label() {
        return label;
    }

    /** The format in which it is handed in. */
    public String format() {
        return format;
    }
}
