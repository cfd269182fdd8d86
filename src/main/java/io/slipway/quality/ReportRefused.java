package io.slipway.quality;

/** A file is no report of tests, or one that must not be read. The message is a sentence that says why. */
class ReportRefused extends Exception {

    private static final long serialVersionUID = 1L;

    ReportRefused(String sentence) {
        super(sentence);
    }
}
