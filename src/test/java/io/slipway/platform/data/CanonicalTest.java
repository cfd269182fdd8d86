package io.slipway.platform.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CanonicalTest {

    record Item(String b, int a, @Nullable String c) {}

    @Test
    void writesTheExampleOfTheStandard() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("numbers", List.of(333333333.3333333, 1E30, 4.50, 2e-3, 0.000000000000000000000000001));
        facts.put("string", "€$\017\nA'B\"\\\\\"/");
        facts.put("literals", java.util.Arrays.asList(null, true, false));

        assertThat(Canonical.json(facts))
                .isEqualTo("{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                        + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
    }

    @Test
    void givesTheSameDigestWhateverTheOrderOfTheFacts() {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("x", 1);
        one.put("y", List.of(new Item("b", 2, null)));
        Map<String, Object> other = new LinkedHashMap<>();
        other.put("y", List.of(new Item("b", 2, null)));
        other.put("x", 1.0);

        assertThat(Canonical.digest(one)).isEqualTo(Canonical.digest(other)).matches("[0-9a-f]{64}");
        assertThat(Canonical.json(one)).isEqualTo("{\"x\":1,\"y\":[{\"a\":2,\"b\":\"b\",\"c\":null}]}");
    }

    @Test
    void givesAnotherDigestForEveryChangedFact() {
        assertThat(List.of(
                        Canonical.digest(new Item("b", 2, null)),
                        Canonical.digest(new Item("b", 2, "")),
                        Canonical.digest(new Item("b", 3, null)),
                        Canonical.digest(new Item("B", 2, null)),
                        Canonical.digest(List.of(new Item("b", 2, null)))))
                .doesNotHaveDuplicates();
    }

    @Test
    void writesTimesAsText() {
        assertThat(Canonical.json(Map.of("at", Instant.EPOCH, "for", Duration.ofHours(2), "who", Optional.of("p"))))
                .isEqualTo("{\"at\":\"1970-01-01T00:00:00Z\",\"for\":\"PT2H\",\"who\":\"p\"}");
    }

    @Test
    void writesASingleValue() {
        assertThat(Canonical.json("text")).isEqualTo("\"text\"");
        assertThat(Canonical.json(null)).isEqualTo("null");
    }

    @Test
    void refusesNumbersThatWouldLoseDigitsAndWhatCannotBeWritten() {
        assertThatThrownBy(() -> Canonical.json(Map.of("n", 9007199254740993L)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("9007199254740993");
        assertThatThrownBy(() -> Canonical.json(new Object())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsWhatItWrote() {
        assertThat(Canonical.read(Canonical.json(Map.of("a", List.of(1))))
                        .at("/a/0")
                        .asInt())
                .isEqualTo(1);
        assertThatThrownBy(() -> Canonical.read("{")).isInstanceOf(IllegalArgumentException.class);
    }
}
