package io.slipway.platform.security;

/** The program must not start like this; the message is one sentence for whoever runs it. */
class StartRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    StartRefused(String sentence, String remedy) {
        super(sentence);
        this.remedy = remedy;
    }

    /** What to do. */
    String remedy() {
        return remedy;
    }
}
