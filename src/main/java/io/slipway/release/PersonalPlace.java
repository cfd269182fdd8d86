package io.slipway.release;

/**
 * A table in which something about people is kept.
 *
 * @param table its name
 * @param treatment what becomes of it when a person's data are erased
 * @param reason why it is not deleted, as a sentence; empty where it is
 */
public record PersonalPlace(String table, Treatment treatment, String reason) {

    /** Why decisions about a release stay. */
    public static final String HISTORY =
            "What was decided about a release is read by its reviewers and auditors; it stands under the opaque id.";

    /** Why rows stay that are only ever added. */
    public static final String INSERT_ONLY =
            "A record that nobody may change, kept for auditors until its retention ends; it names people by the opaque id.";

    /** Why rules and settings stay. */
    public static final String TECHNICAL =
            "Rules and settings stay in force after whoever entered them has gone; they stand under the opaque id.";

    /** What becomes of a place at erasure. */
    public enum Treatment {

        /** The rows of the person go. */
        DELETED,

        /** The rows stay under the opaque id, and the name, login and address are taken out of their texts. */
        PSEUDONYMISED,

        /** The rows stay as they are: they are records that nobody may change, and say who by the opaque id alone. */
        RECORDED
    }

    /** Rows that go. */
    public static PersonalPlace deleted(String table) {
        return new PersonalPlace(table, Treatment.DELETED, "");
    }

    /** Rows that are needed without the name. */
    public static PersonalPlace pseudonymised(String table, String reason) {
        return new PersonalPlace(table, Treatment.PSEUDONYMISED, reason);
    }

    /** Rows that nobody may change. */
    public static PersonalPlace recorded(String table, String reason) {
        return new PersonalPlace(table, Treatment.RECORDED, reason);
    }
}
