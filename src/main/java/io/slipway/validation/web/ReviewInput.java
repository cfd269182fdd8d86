package io.slipway.validation.web;

import io.slipway.release.Refused;
import io.slipway.release.Role;
import io.slipway.validation.review.PointKind;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads what pages and programs hand in as text. */
final class ReviewInput {

    private ReviewInput() {}

    static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    static PointKind kind(@Nullable String text) {
        return Arrays.stream(PointKind.values())
                .filter(kind -> kind.name().equalsIgnoreCase(text(text).strip()))
                .findFirst()
                .orElseThrow(() -> new Refused("kind", "'kind' is FACTOR or HELPED."));
    }

    static Role owner(@Nullable String text) {
        return Role.ofGroup(text(text).strip())
                .orElseThrow(() -> new Refused("owner", "'owner' is the group of a role, such as operations."));
    }

    /** A day, up to its end in UTC. */
    static Instant due(@Nullable String text) {
        try {
            return LocalDate.parse(text(text).strip())
                    .plusDays(1)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant();
        } catch (DateTimeParseException e) {
            throw new Refused("due", "'due' is a day such as 2026-03-28.");
        }
    }

    /** A moment; without an offset in UTC. */
    static Instant moment(String field, @Nullable String text) {
        String given = text(text).strip();
        try {
            return given.endsWith("Z")
                    ? Instant.parse(given)
                    : LocalDateTime.parse(given).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw new Refused(field, "'" + field + "' is a moment such as 2026-03-28T21:00Z.");
        }
    }
}
