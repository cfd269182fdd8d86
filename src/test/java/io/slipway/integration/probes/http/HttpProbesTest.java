package io.slipway.integration.probes.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.slipway.integration.probes.Probes;
import io.slipway.integration.probes.ProbesContract;
import io.slipway.platform.http.HttpSettings;
import io.slipway.platform.http.OutboundHttp;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HttpProbesTest extends ProbesContract {

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    private final Probes probes = new HttpProbes(new OutboundHttp(HttpSettings.defaults()));

    @BeforeEach
    void answer() {
        SERVER.stubFor(get("/well").willReturn(okJson("{}")));
        SERVER.stubFor(get("/unwell").willReturn(aResponse().withStatus(503)));
    }

    @Override
    protected Probes probes() {
        return probes;
    }

    @Override
    protected URI well() {
        return URI.create(SERVER.baseUrl() + "/well");
    }

    @Override
    protected URI unwell() {
        return URI.create(SERVER.baseUrl() + "/unwell");
    }

    @Override
    protected URI nobody() {
        return URI.create("http://127.0.0.1:1/");
    }

    @Test
    void asksNoHostThatIsNotAllowed() {
        assertThat(probes.ask(URI.create("http://169.254.169.254/latest")).answers())
                .isFalse();
    }
}
