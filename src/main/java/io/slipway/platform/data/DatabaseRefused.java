package io.slipway.platform.data;

/** The program cannot work with its database; the message is one sentence for whoever runs it and names no secret. */
class DatabaseRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    DatabaseRefused(String sentence, String remedy) {
        super(sentence);
        this.remedy = remedy;
    }

    /** What to do. */
    String remedy() {
        return remedy;
    }

    /** The variable that the profile mysql takes a password from. */
    static String variable(String property) {
        return property.equals("spring.flyway.password") ? "SLIPWAY_MIGRATOR_PASSWORD" : "SLIPWAY_DATABASE_PASSWORD";
    }
}
