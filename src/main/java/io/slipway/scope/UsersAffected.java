package io.slipway.scope;

/** How many users notice the release. */
public enum UsersAffected {
    FEW(1, "Few"),
    MANY(2, "Many"),
    ALL(3, "All");

    private final int rank;
    private final String label;

    UsersAffected(int rank, String label) {
        this.rank = rank;
        this.label = label;
    }

    /** The number by which the table of classes knows it, 1 to 3. */
    public int rank() {
        return rank;
    }

    /** The words that people read. */
    public String label() {
        return label;
    }
}
