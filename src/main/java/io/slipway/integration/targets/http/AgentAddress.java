package io.slipway.integration.targets.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.slipway.integration.targets.TargetUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the agent answers and with which token, as it wrote it down; read once and again when it was not reached there. */
final class AgentAddress {

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    /** One reading. */
    record Reading(String control, String proxy, String token) {

        @Override
        public String toString() {
            return control;
        }
    }

    private final Path dataDirectory;
    private volatile @Nullable Reading last;

    AgentAddress(Path dataDirectory) {
        this.dataDirectory = dataDirectory;
    }

    Reading current() {
        Reading reading = last;
        return reading == null ? read() : reading;
    }

    Reading read() {
        try {
            Ports ports = JSON.readValue(Files.readAllBytes(dataDirectory.resolve("ports.json")), Ports.class);
            Reading reading = new Reading(
                    "http://127.0.0.1:" + ports.control(),
                    "http://127.0.0.1:" + ports.proxy(),
                    Files.readString(dataDirectory.resolve("token")).strip());
            last = reading;
            return reading;
        } catch (IOException e) {
            throw new TargetUnavailable(
                    "No agent has written its ports and token to " + dataDirectory + "; start it with 'slipway agent'",
                    e);
        }
    }

    private record Ports(int control, int proxy) {}
}
