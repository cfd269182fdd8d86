package io.slipway.platform.http;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HttpSettings.class)
class HttpConfiguration {

    @Bean
    OutboundHttp outboundHttp(HttpSettings settings) {
        return new OutboundHttp(settings);
    }
}
