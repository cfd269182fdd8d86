package io.slipway.release;

import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import jakarta.persistence.criteria.Subquery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.jpa.domain.Specification;

/**
 * Which releases somebody looks for; empty fields leave nothing out.
 *
 * @param state a {@link ReleaseState} or one of {@link #OPEN} and {@link #ON_HOLD}
 * @param system key of a system
 * @param text beginnings of words of key and title, all of which must be found
 */
public record ReleaseFilter(String state, String system, String text) {

    /** Releases that have not ended. */
    public static final String OPEN = "OPEN";

    /** Releases that wait for somebody to resume them. */
    public static final String ON_HOLD = "ON_HOLD";

    private static final int WORDS = 6;

    /** Accepts missing fields as empty ones. */
    public ReleaseFilter(@Nullable String state, @Nullable String system, @Nullable String text) {
        this.state = state == null ? "" : state.strip();
        this.system = system == null ? "" : system.strip();
        this.text = text == null ? "" : text.strip();
    }

    /** Whether anything is left out. */
    public boolean any() {
        return !state.isEmpty() || !system.isEmpty() || !text.isEmpty();
    }

    /** What a list can be sorted by; each has an index. */
    public enum Order {
        REQUESTED("requestedAt"),
        KEY("key"),
        SYSTEM("system"),
        WINDOW("windowStart");

        private final String property;

        Order(String property) {
            this.property = property;
        }

        /**
         * Reads {@code window}, or {@code window,desc}.
         *
         * @throws Refused when there is no such order
         */
        public static Sort sort(@Nullable String text) {
            if (text == null || text.isBlank()) {
                return REQUESTED.sort(Sort.Direction.DESC);
            }
            String[] parts = text.split(",", -1);
            Optional<Order> order = Arrays.stream(values())
                    .filter(value -> value.name().equalsIgnoreCase(parts[0].strip()))
                    .findFirst();
            Optional<Sort.Direction> direction = parts.length == 1
                    ? Optional.of(Sort.Direction.ASC)
                    : Sort.Direction.fromOptionalString(parts[1].strip());
            if (parts.length > 2 || order.isEmpty() || direction.isEmpty()) {
                throw new Refused(
                        "sort",
                        "A list is sorted by requested, key, system or window, with ',asc' or ',desc' behind it.");
            }
            return order.get().sort(direction.get());
        }

        private Sort sort(Sort.Direction direction) {
            return Sort.by(direction, property).and(Sort.by(direction, "id"));
        }
    }

    /**
     * The condition for the database, what the reader may not see left out.
     *
     * @throws Refused when there is no such state
     */
    Specification<Release> visibleTo(Reader reader) {
        List<ReleaseState> states = states();
        return (release, query, builder) -> {
            List<Predicate> all = new ArrayList<>();
            if (!reader.readsAll()) {
                all.add(
                        reader.systems().isEmpty()
                                ? builder.disjunction()
                                : release.get("system").in(reader.systems()));
            }
            if (state.equals(ON_HOLD)) {
                all.add(builder.isTrue(release.get("onHold")));
            } else if (!states.isEmpty()) {
                all.add(release.get("state").in(states));
            }
            if (!system.isEmpty()) {
                all.add(builder.equal(release.get("system"), system));
            }
            ReleaseWord.in(text).stream().limit(WORDS).forEach(word -> all.add(found(word, release, query, builder)));
            return builder.and(all.toArray(Predicate[]::new));
        };
    }

    private static Predicate found(
            String word, Root<Release> release, @Nullable CriteriaQuery<?> query, CriteriaBuilder builder) {
        if (query == null) {
            throw new IllegalArgumentException("A filter is part of a query");
        }
        Subquery<UUID> releases = query.subquery(UUID.class);
        Root<ReleaseWord> words = releases.from(ReleaseWord.class);
        String beginning = word.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
        releases.select(words.get("id").get("release"))
                .where(builder.like(words.get("id").get("word"), beginning, '!'));
        return release.get("id").in(releases);
    }

    private List<ReleaseState> states() {
        if (state.isEmpty() || state.equals(ON_HOLD)) {
            return List.of();
        }
        if (state.equals(OPEN)) {
            return Arrays.stream(ReleaseState.values())
                    .filter(value -> !value.ended())
                    .toList();
        }
        return Arrays.stream(ReleaseState.values())
                .filter(value -> value.name().equals(state))
                .findFirst()
                .map(List::of)
                .orElseThrow(() -> new Refused("state", "There is no state '" + state + "' of a release."));
    }
}
