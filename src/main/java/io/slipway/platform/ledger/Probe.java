package io.slipway.platform.ledger;

/**
 * What was found on the target.
 *
 * @param verdict what follows from it
 * @param evidence what was seen; kept as the result when the effect is there
 */
public record Probe(Verdict verdict, String evidence) {

    /** What a probe can tell. */
    public enum Verdict {
        /** What was wanted is there. */
        DESIRED,
        /** The target is as it was before. */
        PREVIOUS,
        /** Neither, or nobody could be asked. */
        UNCLEAR
    }

    /** What was wanted is there. */
    public static Probe desired(String evidence) {
        return new Probe(Verdict.DESIRED, evidence);
    }

    /** Nothing has changed. */
    public static Probe previous(String evidence) {
        return new Probe(Verdict.PREVIOUS, evidence);
    }

    /** It cannot be told. */
    public static Probe unclear(String evidence) {
        return new Probe(Verdict.UNCLEAR, evidence);
    }
}
