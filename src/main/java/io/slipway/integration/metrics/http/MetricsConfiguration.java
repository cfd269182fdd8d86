package io.slipway.integration.metrics.http;

import io.slipway.integration.metrics.Metrics;
import io.slipway.integration.metrics.proxy.ProxyMetrics;
import io.slipway.integration.targets.Targets;
import io.slipway.platform.http.OutboundHttp;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MetricsSettings.class)
class MetricsConfiguration {

    /** The metrics system where one is configured, else the traffic proxy. */
    @Bean
    Metrics metrics(MetricsSettings settings, Targets targets, OutboundHttp http) {
        return settings.url() == null
                ? new ProxyMetrics(targets)
                : new PrometheusMetrics(http, settings.url().toString(), settings.timeout(), settings.queries());
    }
}
