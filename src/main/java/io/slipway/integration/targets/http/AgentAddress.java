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
    private final String host;
    private volatile @Nullable Reading last;

    AgentAddress(Path dataDirectory, String host) {
        this.dataDirectory = dataDirectory;
        this.host = host;
    }

    Reading current() {
        Reading reading = last;
        return reading == null ? read() : reading;
    }

    Reading read() {
        try {
            Ports ports = JSON.readValue(Files.readAllBytes(dataDirectory.resolve("ports.json")), Ports.class);
            Reading reading = new Reading(
                    "http://" + host + ":" + ports.control(),
                    "http://" + host + ":" + ports.proxy(),
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
