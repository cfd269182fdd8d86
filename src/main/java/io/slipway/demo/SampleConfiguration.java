package io.slipway.demo;

import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** Offers the sample in the demo, and nowhere else. */
@Configuration(proxyBeanMethods = false)
@Profile("demo")
class SampleConfiguration {

    @Bean
    SampleRepository sampleRepository(@Value("${slipway.data}") Path dataDirectory) {
        return new SampleRepository(dataDirectory);
    }

    @Bean
    SampleBuild sampleBuild(SampleRepository repository, @Value("${slipway.data}") Path dataDirectory) {
        return new SampleBuild(repository, dataDirectory);
    }
}
