package io.slipway.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.platform.process.EngineAccess;
import java.util.function.Supplier;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.spring.SpringProcessEngineConfiguration;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Capability("8.4")
@SuppressWarnings("NullAway.Init")
class EnginePasswordCheckTest {

    private ProcessEngine engine;
    private TransactionTemplate caller;
    private EnginePasswordCheck check;

    @BeforeEach
    @SuppressWarnings("unchecked")
    void begin() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:passwords;DB_CLOSE_DELAY=-1");
        DataSourceTransactionManager transactions = new DataSourceTransactionManager(database);
        SpringProcessEngineConfiguration configuration = new SpringProcessEngineConfiguration();
        configuration.setApplicationContext(new StaticApplicationContext());
        configuration.setProcessEngineName("passwords");
        configuration.setDataSource(database);
        configuration.setTransactionManager(transactions);
        configuration.setDatabaseSchemaUpdate("create-drop");
        configuration.setJobExecutorActivate(false);
        engine = configuration.buildProcessEngine();
        IdentityService identities = engine.getIdentityService();
        User carla = identities.newUser("pcarla");
        carla.setPassword("right one");
        identities.saveUser(carla);
        EngineAccess access = mock(EngineAccess.class);
        when(access.asSystem(any())).thenAnswer(call -> ((Supplier<Object>) call.getArgument(0)).get());
        caller = new TransactionTemplate(transactions);
        check = new EnginePasswordCheck(identities, access, transactions);
    }

    @AfterEach
    void end() {
        engine.close();
    }

    @Test
    void tellsTheRightPasswordFromAWrongOne() {
        assertThat(check.matches("pcarla", "right one")).isTrue();
        assertThat(check.matches("p-nobody", "right one")).isFalse();
        assertThat(check.matches("pcarla", "wrong one")).isFalse();
    }

    @Test
    void aWrongPasswordCountsEvenWhenTheCallerRollsBack() {
        caller.executeWithoutResult(status -> {
            assertThat(check.matches("pcarla", "wrong one")).isFalse();
            status.setRollbackOnly();
        });

        assertThat(check.matches("pcarla", "right one"))
                .as("the right password right after a wrong one")
                .isFalse();
    }
}
