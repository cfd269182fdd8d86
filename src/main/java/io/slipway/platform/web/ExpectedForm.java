package io.slipway.platform.web;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says of an input that cannot be read in which form it is expected. */
final class ExpectedForm {

    private static final Map<Class<?>, String> FORMS = Map.ofEntries(
            Map.entry(Instant.class, "a time as 2026-11-29T08:00:00Z"),
            Map.entry(OffsetDateTime.class, "a time as 2026-11-29T08:00:00+01:00"),
            Map.entry(LocalDateTime.class, "a time as 2026-11-29T08:00"),
            Map.entry(LocalDate.class, "a day as 2026-11-29"),
            Map.entry(LocalTime.class, "a time of day as 08:00"),
            Map.entry(Duration.class, "a duration as PT1H30M"),
            Map.entry(ZoneId.class, "an IANA zone such as Europe/Zurich"),
            Map.entry(UUID.class, "an id as 123e4567-e89b-12d3-a456-426614174000"),
            Map.entry(String.class, "one text"));

    private static final Set<Class<?>> TRUTHS = Set.of(boolean.class, Boolean.class);
    private static final Set<Class<?>> WHOLE =
            Set.of(int.class, Integer.class, long.class, Long.class, short.class, Short.class);
    private static final Set<Class<?>> DECIMAL = Set.of(double.class, float.class);

    private ExpectedForm() {}

    /** The sentence about an input that should have been of a type; of an unknown one it says no more than that. */
    static String unreadable(String field, @Nullable Class<?> type) {
        String form = type == null ? "" : form(type);
        return "'" + field + "' cannot be read" + (form.isEmpty() ? "." : "; please give " + form + ".");
    }

    private static String form(Class<?> type) {
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(constant -> ((Enum<?>) constant).name())
                            .collect(Collectors.joining(", "));
        }
        if (TRUTHS.contains(type)) {
            return "true or false";
        }
        if (WHOLE.contains(type)) {
            return "a whole number such as 12";
        }
        if (DECIMAL.contains(type) || Number.class.isAssignableFrom(type)) {
            return "a number as 12.5";
        }
        if (Collection.class.isAssignableFrom(type) || type.isArray()) {
            return "a list";
        }
        return FORMS.getOrDefault(type, "");
    }
}
