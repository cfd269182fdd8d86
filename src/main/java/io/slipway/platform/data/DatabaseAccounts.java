package io.slipway.platform.data;

import java.util.Map;
import java.util.TreeMap;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.stereotype.Component;

/**
 * Refuses to start on a server without the password of an account that is going to work there. Spring would send the name of the variable
 * as the password.
 */
@Component
class DatabaseAccounts implements BeanFactoryPostProcessor, EnvironmentAware {

    /** Which bean needs which password. */
    private static final Map<String, String> NEEDED =
            new TreeMap<>(Map.of("dataSource", "spring.datasource.password", "flyway", "spring.flyway.password"));

    private Environment environment = new StandardEnvironment();

    @Override
    public void setEnvironment(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        NEEDED.forEach((bean, property) -> {
            if (beans.containsBeanDefinition(bean) && !isGiven(property)) {
                throw new DatabaseRefused(
                        "There is no password for the account '" + environment.getProperty(user(property))
                                + "' of the database: "
                                + property + " needs the variable " + DatabaseRefused.variable(property)
                                + ", which is not set.",
                        "Give the program the environment variable " + DatabaseRefused.variable(property) + ".");
            }
        });
    }

    private boolean isGiven(String property) {
        try {
            environment.getProperty(property);
            return true;
        } catch (IllegalArgumentException unresolved) {
            return false;
        }
    }

    private static String user(String property) {
        return property.equals("spring.flyway.password") ? "spring.flyway.user" : "spring.datasource.username";
    }
}
