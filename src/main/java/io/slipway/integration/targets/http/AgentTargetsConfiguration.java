package io.slipway.integration.targets.http;

import io.slipway.integration.targets.Targets;
import io.slipway.platform.http.OutboundHttp;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AgentTargetsSettings.class)
class AgentTargetsConfiguration {

    @Bean
    Targets targets(OutboundHttp http, AgentTargetsSettings settings) {
        return new AgentTargets(http, settings);
    }
}
