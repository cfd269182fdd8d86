package io.slipway.integration.changes;

/**
 * What a ticket is opened for.
 *
 * @param subject key of the release that is to go live, 1 to 128 characters
 * @param system key of the system that is changed, 1 to 64 characters
 * @param title one line for people, 1 to 200 characters
 * @param kind how it is handled
 * @param requestedBy opaque id of the person who asked for it, 1 to 64 characters
 */
public record NewChange(String subject, String system, String title, Change.Kind kind, String requestedBy) {

    /**
     * Checks that every text is there and short enough.
     *
     * @throws ChangeRegisterRefused naming the field
     */
    public NewChange {
        bounded("subject", subject, 128);
        bounded("system", system, 64);
        bounded("title", title, 200);
        bounded("requestedBy", requestedBy, 64);
    }

    private static void bounded(String field, String text, int longest) {
        if (text.isBlank() || text.length() > longest) {
            throw new ChangeRegisterRefused(
                    "The field '" + field + "' of a change needs 1 to " + longest + " characters.");
        }
    }
}
