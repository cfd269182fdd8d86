package io.slipway.platform.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.support.GenericApplicationContext;

/** An expression that came into a model past every check still reaches nothing. */
@SuppressWarnings("NullAway.Init")
class GuardedExpressionsTest {

    private static ProcessEngine engine;

    @BeforeAll
    static void open() {
        GenericApplicationContext application = new GenericApplicationContext();
        application.getBeanFactory().registerSingleton("secrets", Locale.ROOT);
        application.getBeanFactory().registerSingleton("facade", new Facade());
        application.refresh();
        ProcessEngineConfigurationImpl configuration = new StandaloneInMemProcessEngineConfiguration();
        configuration.setProcessEngineName("guarded-expressions");
        configuration.setJdbcUrl("jdbc:h2:mem:guarded-expressions");
        configuration.setJobExecutorActivate(false);
        configuration.setExpressionManager(new GuardedExpressions(application));
        engine = configuration.buildProcessEngine();
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    /** A facade that answers. */
    public static final class Facade implements ModelFacade {

        /** The answer. */
        public String answer() {
            return "answered";
        }
    }

    private static Object value(String expression) {
        ProcessEngineConfigurationImpl configuration =
                (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
        return configuration.getCommandExecutorTxRequired().execute(context -> configuration
                .getExpressionManager()
                .createExpression(expression)
                .getValue(new ExecutionEntity()));
    }

    @Test
    void aFacadeIsAsked() {
        assertThat(value("${facade.answer()}")).isEqualTo("answered");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "${''.getClass().forName('java.lang.Runtime')}, 'getClass' is not open",
                "${''.class.name}, 'class' is not open",
                "${facade.getClass()}, 'getClass' is not open",
                "${execution.processEngineServices.runtimeService}, 'processEngineServices' is not open",
                "${execution.getProcessEngine()}, 'getProcessEngine' is not open",
                "${secrets}, secrets",
                "${secrets.toString()}, secrets"
            })
    void nothingElseIsReached(String attack, String refusal) {
        assertThatThrownBy(() -> value(attack))
                .isInstanceOf(ProcessEngineException.class)
                .hasMessageContaining(refusal);
    }
}
