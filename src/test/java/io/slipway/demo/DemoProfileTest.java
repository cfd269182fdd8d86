package io.slipway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ClassPathResource;

class DemoProfileTest {

    private static final String STEPS = "slipway.validation.checks.storefront";

    private final Properties settings = settings();

    private static Properties settings() {
        YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new ClassPathResource("application-demo.yaml"));
        Properties properties = yaml.getObject();
        return properties == null ? new Properties() : properties;
    }

    @Test
    void checksProductionWithThePurchaseThatTheBrokenVersionFails() {
        assertThat(List.of(
                        settings.getProperty(STEPS + "[0].path"),
                        settings.getProperty(STEPS + "[0].body"),
                        settings.getProperty(STEPS + "[1].path"),
                        settings.getProperty(STEPS + "[1].expect[0].equal")))
                .containsExactly(
                        SyntheticCheckout.ORDERS_PATH,
                        SyntheticCheckout.ORDER,
                        SyntheticCheckout.totalPath("{order}"),
                        SyntheticCheckout.TOTAL);
    }
}
