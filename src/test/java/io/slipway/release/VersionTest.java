package io.slipway.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.Capability;
import io.slipway.release.Version.Bump;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the files beside {@code semver/README.md}: 22 valid, 10 invalid, 17 ordered pairs. */
@Capability("3.1")
class VersionTest {

    @Test
    void readsWhatIsValidAndNothingElse() throws IOException {
        List<String> refused = new ArrayList<>();
        JsonNode valid = file("valid.json");
        assertThat(valid).hasSize(22);
        for (JsonNode row : valid) {
            String text = row.path("version").asText();
            Version.read(text)
                    .ifPresentOrElse(
                            version -> {
                                assertThat(version.major())
                                        .isEqualTo(BigInteger.valueOf(
                                                row.path("major").asLong()));
                                assertThat(version.minor())
                                        .isEqualTo(BigInteger.valueOf(
                                                row.path("minor").asLong()));
                                assertThat(version.patch())
                                        .isEqualTo(BigInteger.valueOf(
                                                row.path("patch").asLong()));
                                assertThat(version.preRelease()).isEqualTo(texts(row.path("prerelease")));
                                assertThat(version.build()).isEqualTo(String.join(".", texts(row.path("build"))));
                                assertThat(version).hasToString(text);
                            },
                            () -> refused.add(text));
        }
        assertThat(refused).containsExactly("v1.2.3");
    }

    @Test
    void refusesWhatIsInvalidByTheSpecification() throws IOException {
        List<String> taken = new ArrayList<>();
        JsonNode invalid = file("invalid.json");
        assertThat(invalid).hasSize(10);
        for (JsonNode row : invalid) {
            if (row.path("why").asText().startsWith("obj with")) {
                continue;
            }
            Version.read(row.path("version").asText())
                    .ifPresent(version -> taken.add(row.path("why").asText()));
        }
        // The specification knows no bound of a number; the one that is too long is too long for us as well.
        assertThat(taken).containsExactly("too big", "too big", "too big");
    }

    @Test
    void ordersAsTheSpecificationDoes() throws IOException {
        JsonNode pairs = file("greater-than.json");
        assertThat(pairs).hasSize(17);
        for (JsonNode pair : pairs) {
            Version greater = version(pair.path("greater").asText());
            Version lesser = version(pair.path("lesser").asText());

            assertThat(greater.compareTo(lesser)).as(pair.toString()).isPositive();
            assertThat(lesser.compareTo(greater)).as(pair.toString()).isNegative();
        }
        assertThat(version("1.0.0+a").compareTo(version("1.0.0+b"))).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.2",
                "1",
                "",
                "1.2.3.4",
                "01.2.3",
                "1.2.3-01",
                "1.2.3-",
                "1.2.3+",
                "1.2.3-a..b",
                "=1.2.3",
                " 1.2.3",
                "1.2.3\n",
                "1.2.3-ä",
                "${7*7}",
                "1.2.x",
                "-1.2.3",
                "1.2.3-a_b"
            })
    void refuses(String text) {
        assertThat(Version.read(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1.2.3, 1.2.4, PATCH",
        "1.2.3, 1.3.0, MINOR",
        "1.2.3, 2.0.0, MAJOR",
        "1.2.3, 1.3.9-rc.1, MINOR",
        "1.2.3-rc.1, 1.2.3, PATCH"
    })
    void tellsWhatWasRaised(String from, String to, Bump bump) {
        assertThat(version(to).since(version(from))).hasValue(bump);
        assertThat(version(from).since(version(to))).isEmpty();
    }

    @Test
    void proposesTheNext() {
        assertThat(version("1.2.3").next(Bump.PATCH)).hasToString("1.2.4");
        assertThat(version("1.2.3+x").next(Bump.MINOR)).hasToString("1.3.0");
        assertThat(version("1.2.3-rc.1").next(Bump.PATCH)).hasToString("1.2.3");
        assertThat(version("1.2.3").next(Bump.MAJOR)).hasToString("2.0.0");
    }

    private static Version version(String text) {
        return Version.read(text).orElseThrow();
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    private JsonNode file(String name) throws IOException {
        try (InputStream in = getClass().getResourceAsStream("/semver/" + name)) {
            return new ObjectMapper().readTree(in);
        }
    }
}
