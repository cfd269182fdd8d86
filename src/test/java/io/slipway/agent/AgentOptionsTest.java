package io.slipway.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.agent.Agent.Options;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentOptionsTest {

    @Test
    void readsAllOptions() {
        assertThat(Options.parse(new String[] {}))
                .isEqualTo(new Options(Path.of("data/agent"), "127.0.0.1", 0, 0, false, false, false));
        assertThat(Options.parse(
                        new String[] {"--data=/a", "--listen=0.0.0.0", "--port=1", "--proxy-port=2", "--watch"}))
                .isEqualTo(new Options(Path.of("/a"), "0.0.0.0", 1, 2, true, false, false));
        assertThat(Options.parse(new String[] {"--stop", "--services"}))
                .isEqualTo(new Options(Path.of("data/agent"), "127.0.0.1", 0, 0, false, true, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--prot=1", "--port=x", "--port=65536", "--port", "--data=", "--services", "--stop,--watch"})
    void refusesWhatItDoesNotUnderstand(String line) {
        assertThatThrownBy(() -> Options.parse(line.split(","))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void wrongUsageEndsWithItsOwnCode() {
        assertThat(Agent.run(new String[] {"--prot=1"})).isEqualTo(2);
    }
}
