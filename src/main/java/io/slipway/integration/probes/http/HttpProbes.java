package io.slipway.integration.probes.http;

import io.slipway.integration.probes.Probes;
import io.slipway.platform.http.OutboundHttp;
import java.io.IOException;
import java.net.URI;
import org.springframework.stereotype.Component;

/** Asks by a GET through the guarded client: only hosts that are allowed, bounded in time and size. */
@Component
class HttpProbes implements Probes {

    private static final int LONGEST_WAIT = 5_000;

    private final OutboundHttp http;

    HttpProbes(OutboundHttp http) {
        this.http = http;
    }

    @Override
    public Finding ask(URI address) {
        try {
            OutboundHttp.Answer answer = http.exchange(http.connector()
                    .createRequest()
                    .url(address.toString())
                    .get()
                    .configOption("socket-timeout", LONGEST_WAIT));
            return new Finding(
                    answer.successful(), address.getHost() + " answered with the status " + answer.status() + ".");
        } catch (IOException e) {
            return new Finding(false, address.getHost() + " did not answer: " + e.getMessage() + ".");
        }
    }
}
