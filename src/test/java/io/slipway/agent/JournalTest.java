package io.slipway.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import io.slipway.agent.Journal.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init")
class JournalTest {

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void writeTwoEffects() throws IOException {
        file = directory.resolve("journal.jsonl");
        try (Journal journal = new Journal(file)) {
            append(journal, "k1");
            append(journal, "k2");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"number\":3,\"ti", "{", "{\"number\":3,\"ti\n", "\0\0\0"})
    void lineThatWasNotFinishedIsCutOff(String torn) throws IOException {
        String whole = Files.readString(file);
        Files.writeString(file, torn, StandardOpenOption.APPEND);

        try (Journal journal = new Journal(file)) {
            assertThat(Files.readString(file)).isEqualTo(whole);
            assertThat(journal.find("k2")).isPresent();
            assertThat(append(journal, "k3").number()).isEqualTo(3);
        }
        assertThat(Files.readAllLines(file)).hasSize(3);
        try (Journal journal = new Journal(file)) {
            assertThat(journal.find("k3"))
                    .get()
                    .extracting(Journal.Effect::number)
                    .isEqualTo(3L);
        }
    }

    @Test
    void lineThatCannotBeReadInTheMiddleStopsTheStart() throws IOException {
        Files.writeString(file, "{broken\n" + Files.readString(file));

        assertThatThrownBy(() -> new Journal(file).close())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("restore it from a backup");
    }

    @Test
    void keyIsWrittenOnce() throws IOException {
        try (Journal journal = new Journal(file)) {
            assertThat(append(journal, "k1").number()).isEqualTo(1);
        }
        assertThat(Files.readAllLines(file)).hasSize(2);
    }

    private static Journal.Effect append(Journal journal, String key) throws IOException {
        return journal.append(key, 1, Operation.SWITCH_ROUTE, "a/b", "digest", TextNode.valueOf("done"));
    }
}
