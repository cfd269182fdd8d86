package io.slipway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class SampleConfigurationTest {

    @TempDir
    Path data;

    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withUserConfiguration(SampleConfiguration.class);

    @Test
    void theDemoOffersTheSampleBelowTheDataDirectory() {
        application
                .withPropertyValues("spring.profiles.active=demo", "slipway.data=" + data)
                .run(context -> {
                    assertThat(context).hasSingleBean(SampleBuild.class);
                    assertThat(context.getBean(SampleRepository.class).directory())
                            .isEqualTo(data.resolve("demo/repository"));
                });
    }

    @Test
    void nothingOfItExistsOutsideTheDemo() {
        application.withPropertyValues("slipway.data=" + data).run(context -> assertThat(context)
                .hasNotFailed()
                .doesNotHaveBean(SampleRepository.class)
                .doesNotHaveBean(SampleBuild.class));
    }
}
