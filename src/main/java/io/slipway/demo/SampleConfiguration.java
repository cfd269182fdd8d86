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
        SampleRepository repository = new SampleRepository(dataDirectory);
        // The sources are read from the first minute on, also when no version of the sample is built.
        repository.prepare();
        return repository;
    }

    @Bean
    SampleBuild sampleBuild(SampleRepository repository, @Value("${slipway.data}") Path dataDirectory) {
        return new SampleBuild(repository, dataDirectory);
    }
}
