package io.slipway.integration.channels;

import io.slipway.platform.text.Beginning;
import java.util.regex.Pattern;

/**
 * One mail to one person.
 *
 * @param messageId names it for good, without angle brackets, such as {@code 17.pabc@slipway.example}; the same mail sent again has
 *     the same, so that a mail program shows it once
 * @param from address of the sender
 * @param to address of the person
 * @param subject one line
 * @param text the plain part
 * @param html the other part, which says the same
 */
public record Mail(String messageId, String from, String to, String subject, String text, String html) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,120}@[A-Za-z0-9._-]{1,120}");
    private static final Pattern ADDRESS =
            Pattern.compile("[^\\s@<>,;:\"\\p{Cntrl}]{1,64}@[^\\s@<>,;:\"\\p{Cntrl}]{1,189}");

    /**
     * Accepts nothing that could end a header.
     *
     * @throws MailRefused when an address is none, or a header holds more than one line
     */
    public Mail {
        if (!ID.matcher(messageId).matches()) {
            throw new MailRefused("'" + messageId + "' cannot be the id of a message.");
        }
        if (!ADDRESS.matcher(from).matches() || !ADDRESS.matcher(to).matches()) {
            throw new MailRefused("The mail has an address that is none, so it is sent to nobody.");
        }
        if (subject.isBlank() || subject.length() > 300 || subject.chars().anyMatch(Character::isISOControl)) {
            throw new MailRefused("The subject of a mail is one line of 1 to 300 characters.");
        }
    }

    /** A text as a subject: one line, not longer than a subject may be. */
    public static String subjectOf(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\s\\u2028\\u2029]+", " ").strip();
        if (line.isEmpty()) {
            return "Slipway";
        }
        return Beginning.marked(line, 200);
    }
}
