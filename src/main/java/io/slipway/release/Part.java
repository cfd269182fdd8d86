package io.slipway.release;

/** The part that a person has in one release; nobody has two of them in the same release. */
public enum Part {
    REQUESTER("requested"),
    AUTHOR("authored"),
    APPROVER("approved"),
    DEPLOYER("deploys");

    private final String verb;

    Part(String verb) {
        this.verb = verb;
    }

    /** What the person does, as a word in a sentence. */
    public String verb() {
        return verb;
    }
}
