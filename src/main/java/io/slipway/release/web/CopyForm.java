package io.slipway.release.web;

import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseCopies;
import io.slipway.release.Urgency;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What somebody typed to copy a release, kept as it was typed so that it can be shown again.
 *
 * @param urgency name of an {@link Urgency}; missing for that of the source
 * @param withItems {@code true} to take the items over
 */
record CopyForm(
        @Nullable String version,
        @Nullable String title,
        @Nullable String urgency,
        @Nullable String withItems,
        @Nullable String note) {

    static CopyForm of(Release source) {
        return new CopyForm("", source.title(), source.urgency().name(), "true", "");
    }

    ReleaseCopies.Copy read() {
        if (version == null || version.isBlank()) {
            throw new Refused("version", "Please give the version that will be delivered, such as 2.4.0.");
        }
        return new ReleaseCopies.Copy(
                version.strip(),
                Optional.ofNullable(title).map(String::strip).filter(text -> !text.isEmpty()),
                Optional.ofNullable(urgency).filter(text -> !text.isBlank()).map(CopyForm::urgencyOf),
                "true".equals(withItems),
                note == null ? "" : note);
    }

    private static Urgency urgencyOf(String text) {
        return Arrays.stream(Urgency.values())
                .filter(value -> value.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new Refused("urgency", "The urgency is NORMAL or EMERGENCY."));
    }
}
