package io.slipway.platform.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.erdtman.jcs.JsonCanonicalizer;
import org.jspecify.annotations.Nullable;

/**
 * Turns facts into the one text that RFC 8785 gives them, and into the digest of that text: the same facts always give the same
 * digest, whatever the order in which they were put together.
 *
 * <p>Facts are records, maps, lists, texts, numbers, booleans, enums and times of {@code java.time} (as ISO-8601); nothing of a
 * Spring configuration changes how they are written. Null is a value of its own and differs from a missing field.
 */
public final class Canonical {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModules(new JavaTimeModule(), new Jdk8Module())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Canonical() {}

    /**
     * The facts as canonical JSON.
     *
     * @throws IllegalArgumentException when something among them cannot be written, or a number has more digits than RFC 8785 keeps
     *     (two different facts could get the same digest); such a number is written as text
     */
    public static String json(@Nullable Object facts) {
        try {
            String written = MAPPER.writeValueAsString(facts);
            refuseLossyNumbers(MAPPER.readTree(written));
            // The canonicalizer takes objects and arrays only.
            String wrapped = new JsonCanonicalizer("[" + written + "]").getEncodedString();
            return wrapped.substring(1, wrapped.length() - 1);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("These facts cannot be written as JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SHA-256 of the canonical JSON of the facts, in hexadecimal; see {@link #json} for what is refused. */
    public static String digest(@Nullable Object facts) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(json(facts).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /**
     * Reads JSON that this class once wrote.
     *
     * @throws IllegalArgumentException when the text is no JSON
     */
    public static JsonNode read(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("This is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static void refuseLossyNumbers(JsonNode node) {
        if (node.isNumber()) {
            BigDecimal exact = node.decimalValue();
            double kept = exact.doubleValue();
            if (Double.isInfinite(kept) || BigDecimal.valueOf(kept).compareTo(exact) != 0) {
                throw new IllegalArgumentException(
                        "The number " + exact + " has more digits than canonical JSON keeps; please write it as text");
            }
        }
        node.forEach(Canonical::refuseLossyNumbers);
    }
}
