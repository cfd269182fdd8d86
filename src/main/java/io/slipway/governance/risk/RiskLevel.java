package io.slipway.governance.risk;

/** How much may go wrong; decides who has to approve. */
public enum RiskLevel {
    LOW("Low"),
    MODERATE("Moderate"),
    HIGH("High");

    private final String label;

    RiskLevel(String label) {
        this.label = label;
    }

    /** The word that people read. */
    public String label() {
        return label;
    }

    /** The worse of two levels. */
    RiskLevel worse(RiskLevel other) {
        return compareTo(other) >= 0 ? this : other;
    }

    RiskLevel raised() {
        return this == LOW ? MODERATE : HIGH;
    }
}
