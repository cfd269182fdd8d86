package io.slipway.validation.feedback;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How likely something that users noticed comes from a release, from 0 to 100, with the reason.
 *
 * <p>Up to 50 points for the time after going live, the sooner the more; 50 where the register names the release as its cause; 10 for
 * production; up to 40 for the same words as in what is known to go wrong with the release, or in what it changes.
 */
record LinkScore(int score, String reason) {

    private static final int TIME = 50;
    private static final int CAUSE = 50;
    private static final int PLACE = 10;
    private static final int WORDS = 40;

    /**
     * Something that users noticed.
     *
     * @param at when it began
     * @param production whether it is said to be in production; empty when nothing is said
     */
    record Noticed(String text, Instant at, Optional<Boolean> production, Optional<String> causedBy) {}

    /**
     * The release that it is compared with.
     *
     * @param known words of what it changes and of what is known to go wrong with it
     */
    record Candidate(String key, String system, Instant liveAt, Duration watched, Set<String> known) {}

    static LinkScore of(Noticed noticed, Candidate candidate) {
        if (noticed.causedBy().isPresent() && !noticed.causedBy().get().equals(candidate.key())) {
            return new LinkScore(0, "The register names " + noticed.causedBy().get() + " as its cause.");
        }
        List<String> reasons = new ArrayList<>();
        reasons.add("same system " + candidate.system());
        int score = 0;
        if (noticed.at().isBefore(candidate.liveAt())) {
            reasons.add("began before the release was live");
        } else {
            Duration after = Duration.between(candidate.liveAt(), noticed.at());
            double share = 1
                    - (double) after.toMillis()
                            / Math.max(1, candidate.watched().toMillis());
            int points = (int) Math.round(TIME * Math.max(0, share));
            score += points;
            reasons.add("began " + spoken(after) + " after going live (" + points + ")");
        }
        if (noticed.causedBy().isPresent()) {
            score += CAUSE;
            reasons.add("the register names the release as its cause (" + CAUSE + ")");
        }
        if (noticed.production().orElse(false)) {
            score += PLACE;
            reasons.add("in production (" + PLACE + ")");
        }
        int words = (int) Math.round(WORDS * Signature.likeness(Signature.words(noticed.text()), candidate.known()));
        if (words > 0) {
            score += words;
            reasons.add("the same words as what is known of the release (" + words + ")");
        }
        return new LinkScore(Math.min(100, score), String.join("; ", reasons) + ".");
    }

    private static String spoken(Duration duration) {
        if (duration.toHours() > 0) {
            return duration.toHours() + " h";
        }
        return duration.toMinutes() > 0 ? duration.toMinutes() + " min" : duration.toSeconds() + " s";
    }
}
