package io.slipway.release.web;

import io.slipway.release.NewRelease;
import io.slipway.release.Refused;
import io.slipway.release.Urgency;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What somebody typed to request a release, kept as it was typed so that it can be shown again.
 *
 * @param urgency name of an {@link Urgency}
 */
record NewReleaseForm(
        @Nullable String system,
        @Nullable String version,
        @Nullable String title,
        @Nullable String urgency) {

    static NewReleaseForm empty() {
        return new NewReleaseForm("", "", "", Urgency.NORMAL.name());
    }

    /**
     * Reads it.
     *
     * @throws Refused when a field is missing or says what is not known
     */
    NewRelease read() {
        return new NewRelease(
                given("system", system, "Please choose one of the managed systems."),
                given("version", version, "Please give the version that will be delivered, such as 2.4.0."),
                given("title", title, "Please give a title of 1 to 200 characters."),
                urgencyOf(given("urgency", urgency, "Please choose an urgency.")));
    }

    private static Urgency urgencyOf(String text) {
        return Arrays.stream(Urgency.values())
                .filter(value -> value.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new Refused("urgency", "The urgency is NORMAL or EMERGENCY."));
    }

    private static String given(String field, @Nullable String text, String sentence) {
        if (text == null || text.isBlank()) {
            throw new Refused(field, sentence);
        }
        return text.strip();
    }
}
