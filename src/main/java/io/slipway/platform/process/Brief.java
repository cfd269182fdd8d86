package io.slipway.platform.process;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a person reads before deciding: a heading, facts, tables. A form shows it and never changes it.
 *
 * <p>Values are text for people; whatever a user once typed stands here as plain text and is never evaluated.
 */
public final class Brief {

    /** One line of the table of facts. */
    public record Fact(String label, String value) {}

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH);

    private final String heading;
    private final List<Fact> facts = new ArrayList<>();
    private final Map<String, Object> more = new LinkedHashMap<>();

    private Brief(String heading) {
        this.heading = heading;
    }

    /** Starts a brief with the decision to be made, as a heading. */
    public static Brief of(String heading) {
        return new Brief(heading);
    }

    /** Adds a fact; a missing value is shown as a dash, a moment in UTC, because a form does not know the zone of its reader. */
    public Brief fact(String label, @Nullable Object value) {
        String text = value instanceof Instant moment ? moment(moment) : value == null ? "" : value.toString();
        facts.add(new Fact(label, text.isBlank() ? "–" : text));
        return this;
    }

    /** A moment as people read it, such as {@code 14 Mar 2026, 15:04 UTC}. */
    public static String moment(Instant moment) {
        return MOMENT.format(moment.atOffset(ZoneOffset.UTC));
    }

    /** Adds a table of rows (records or maps) under the name that the form's table uses. */
    public Brief table(String name, List<?> rows) {
        more.put(name, List.copyOf(rows));
        return this;
    }

    /** Adds a link that the form offers under that name. */
    public Brief link(String name, String address) {
        more.put(name, address);
        return this;
    }

    /** The decision to be made. */
    @JsonProperty
    public String heading() {
        return heading;
    }

    /** The facts in the order in which they were added. */
    @JsonProperty
    public List<Fact> facts() {
        return List.copyOf(facts);
    }

    /** Tables and links by name. */
    @JsonAnyGetter
    public Map<String, Object> more() {
        return Map.copyOf(more);
    }
}
