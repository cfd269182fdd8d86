package io.slipway.integration.planning.http;

import io.slipway.integration.planning.EmbeddedPlanning;
import io.slipway.integration.planning.PlanningTool;
import io.slipway.platform.http.OutboundHttp;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PlanningSettings.class)
class PlanningConfiguration {

    /** The planning tool where one is configured, else the register. */
    @Bean
    PlanningTool planningTool(PlanningSettings settings, OutboundHttp http, JdbcClient jdbc, Clock clock) {
        if (settings.url() == null) {
            return new EmbeddedPlanning(jdbc);
        }
        if (settings.secretFile() == null) {
            throw new IllegalArgumentException("slipway.planning.secret-file is missing; it names the file with the"
                    + " secret by which webhooks to slipway.planning.url are signed.");
        }
        return new WebhookPlanning(http, settings.url().toString(), settings.secretFile(), settings.timeout(), clock);
    }
}
