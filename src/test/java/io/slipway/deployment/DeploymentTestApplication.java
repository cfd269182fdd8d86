package io.slipway.deployment;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.slipway.integration.targets.Targets;
import io.slipway.release.AuditTrail;
import io.slipway.release.Contributions;
import io.slipway.release.EnvironmentBookings;
import io.slipway.release.EnvironmentConfigurations;
import io.slipway.release.Landscape;
import io.slipway.release.Permissions;
import io.slipway.release.Releases;
import io.slipway.release.SealedPackages;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.autoconfigure.domain.EntityScan;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.autoconfigure.orm.jpa.HibernateJpaAutoConfiguration;
import org.springframework.boot.autoconfigure.transaction.TransactionAutoConfiguration;
import org.springframework.boot.autoconfigure.validation.ValidationAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The module with ledger, artifact store and targets as they are, on a database in memory; the kernel's services are mocks. It is no
 * {@code @Configuration}, so that the whole application, which scans this package, does not find it.
 */
@ImportAutoConfiguration({
    AopAutoConfiguration.class,
    DataSourceAutoConfiguration.class,
    FlywayAutoConfiguration.class,
    HibernateJpaAutoConfiguration.class,
    JdbcClientAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    TransactionAutoConfiguration.class,
    ValidationAutoConfiguration.class
})
@EntityScan(basePackageClasses = Deployment.class)
@EnableJpaRepositories(basePackageClasses = Deployment.class)
@EnableConfigurationProperties(DeploymentSettings.class)
@ConfigurationPropertiesScan({"io.slipway.platform.ledger", "io.slipway.integration"})
@ComponentScan({
    "io.slipway.platform.ledger",
    "io.slipway.platform.http",
    "io.slipway.integration.artifacts",
    "io.slipway.integration.targets"
})
@Import({
    Deployments.class,
    Baselines.class,
    Rollout.class,
    DeploymentPlanner.class,
    RunningServices.class,
    LiveAnswer.class,
    EffectsSettled.class,
    LiveAsRecorded.class
})
class DeploymentTestApplication {

    /** What was recorded, and whether it was recorded together with the change. */
    static final class RecordedAudit implements AuditTrail {

        private final List<Entry> entries = new ArrayList<>();

        @Override
        public synchronized void record(Entry entry) {
            if (!TransactionSynchronizationManager.isActualTransactionActive()) {
                throw new IllegalStateException("An audit entry belongs into the transaction of its change");
            }
            entries.add(entry);
        }

        synchronized List<String> actions() {
            return entries.stream().map(Entry::action).toList();
        }

        synchronized void clear() {
            entries.clear();
        }
    }

    /** Runs after the next call of one method of the targets has been answered by the agent, before the caller hears of it. */
    static final class Fault {

        private final Map<String, Runnable> actions = new ConcurrentHashMap<>();

        void afterNext(String method, Runnable action) {
            actions.put(method, action);
        }

        private void called(String method) {
            Runnable action = actions.remove(method);
            if (action != null) {
                action.run();
            }
        }
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    RecordedAudit auditTrail() {
        return new RecordedAudit();
    }

    @Bean
    static Fault fault() {
        return new Fault();
    }

    @Bean
    static BeanPostProcessor faulty(Fault fault) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof Targets ? faulty(bean, fault) : bean;
            }
        };
    }

    private static Object faulty(Object targets, Fault fault) {
        return Proxy.newProxyInstance(
                Targets.class.getClassLoader(), new Class<?>[] {Targets.class}, (proxy, method, arguments) -> {
                    try {
                        Object answer = method.invoke(targets, arguments);
                        fault.called(method.getName());
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause() == null ? e : e.getCause();
                    }
                });
    }

    @Bean
    SealedPackages sealedPackages() {
        return mock(SealedPackages.class);
    }

    /** No templates, unless a test fills them in. */
    @Bean
    EnvironmentConfigurations environmentConfigurations() {
        EnvironmentConfigurations configurations = mock(EnvironmentConfigurations.class);
        when(configurations.fingerprint(any(), any())).thenReturn("");
        when(configurations.rendered(any(), any())).thenReturn(new EnvironmentConfigurations.Rendered(Map.of()));
        return configurations;
    }

    @Bean
    Landscape landscape() {
        return mock(Landscape.class);
    }

    @Bean
    EnvironmentBookings environmentBookings() {
        return mock(EnvironmentBookings.class);
    }

    @Bean
    Releases releases() {
        return mock(Releases.class);
    }

    @Bean
    Contributions contributions() {
        return mock(Contributions.class);
    }

    @Bean
    Permissions permissions() {
        return mock(Permissions.class);
    }
}
