package io.slipway.platform.process;

import io.slipway.platform.data.PlainText;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.camunda.spin.json.SpinJsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What a person hands in with a task: who it is, and the declared inputs. Reading an input validates it again, because forms are not
 * validated on the server.
 *
 * <p>Every reader throws {@link TaskRefused} with one sentence naming the field when the input is not acceptable.
 */
public final class Submission {

    private final String person;
    private final Map<String, @Nullable Object> inputs;

    Submission(String person, Map<String, @Nullable Object> inputs) {
        this.person = person;
        this.inputs = new LinkedHashMap<>(inputs);
    }

    /** A submission made outside the engine, for tests of handlers. */
    public static Submission of(String person, Map<String, @Nullable Object> inputs) {
        return new Submission(person, inputs);
    }

    /** Opaque id of the person who completes the task. */
    public String person() {
        return person;
    }

    /** Optional text, trimmed, of at most {@code longest} characters. */
    public Optional<String> text(String field, int longest) {
        Object value = inputs.get(field);
        if (value == null || value.toString().isBlank()) {
            return Optional.empty();
        }
        String text = value.toString().strip();
        if (text.length() > longest) {
            throw new TaskRefused(
                    field,
                    "'" + field + "' may have at most " + longest + " characters; it has " + text.length() + ".");
        }
        if (!PlainText.is(text)) {
            throw new TaskRefused(field, "'" + field + "' has control characters; please leave them out.");
        }
        return Optional.of(text);
    }

    /** Required text of at most {@code longest} characters. */
    public String requireText(String field, int longest) {
        return text(field, longest).orElseThrow(() -> new TaskRefused(field, "Please fill in '" + field + "'."));
    }

    /** Required choice among the constants of an enum. */
    public <E extends Enum<E>> E requireChoice(String field, Class<E> choices) {
        Object value = inputs.get(field);
        return Arrays.stream(choices.getEnumConstants())
                .filter(choice -> choice.name().equals(value))
                .findFirst()
                .orElseThrow(() -> new TaskRefused(
                        field,
                        "Please choose for '" + field + "' one of "
                                + Arrays.stream(choices.getEnumConstants())
                                        .map(Enum::name)
                                        .collect(Collectors.joining(", "))
                                + "."));
    }

    /** Required whole number within bounds, both included; a number typed as text is read as well. */
    public int requireNumber(String field, int least, int most) {
        Object value = inputs.get(field);
        try {
            double number = value instanceof Number n ? n.doubleValue() : Double.parseDouble(String.valueOf(value));
            if (number == Math.rint(number) && number >= least && number <= most) {
                return (int) number;
            }
        } catch (NumberFormatException e) {
            throw notANumber(field, least, most);
        }
        throw notANumber(field, least, most);
    }

    /** Required moment; a date-time without offset, as the form's date picker sends it, is read as UTC. */
    public Instant requireInstant(String field) {
        String text = requireText(field, 64);
        try {
            return text.endsWith("Z") || text.matches(".*[+-]\\d\\d:\\d\\d$")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw new TaskRefused(field, "'" + field + "' must be a date and time such as 2026-03-28T21:00Z.");
        }
    }

    /** Ticked values of a checklist; empty when nothing is ticked. */
    public List<String> choices(String field) {
        Object value = inputs.get(field);
        if (value == null) {
            return List.of();
        }
        if (value instanceof SpinJsonNode node) {
            if (!node.isArray()) {
                throw new TaskRefused(field, "'" + field + "' must be a list.");
            }
            return StreamSupport.stream(node.elements().spliterator(), false)
                    .map(SpinJsonNode::stringValue)
                    .toList();
        }
        if (value instanceof Collection<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        throw new TaskRefused(field, "'" + field + "' must be a list.");
    }

    /** All inputs as plain text, for the record of what was handed in. */
    public Map<String, String> asText() {
        Map<String, String> text = new LinkedHashMap<>();
        inputs.forEach((field, value) -> {
            if (value != null) {
                text.put(field, value.toString());
            }
        });
        return text;
    }

    private static TaskRefused notANumber(String field, int least, int most) {
        return new TaskRefused(field, "'" + field + "' must be a whole number from " + least + " to " + most + ".");
    }
}
