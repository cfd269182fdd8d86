package io.slipway.integration.changes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.jdbc.AutoConfigureTestDatabase;
import org.springframework.boot.test.autoconfigure.orm.jpa.DataJpaTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

@DataJpaTest(properties = {"slipway.data=target/data/${random.uuid}", "spring.flyway.password="})
@AutoConfigureTestDatabase
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@Import(EmbeddedChangeRegister.class)
@SuppressWarnings("NullAway.Init")
class EmbeddedChangeRegisterTest extends ChangeRegisterContract {

    @TestConfiguration
    static class Ground {

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }
    }

    @Autowired
    private ChangeRegister register;

    @Override
    ChangeRegister register() {
        return register;
    }

    @Test
    void numbersItsTicketsTheWayPeopleReadThem() {
        NewChange content = new NewChange("storefront-9.0.0", "storefront", "x", Change.Kind.EMERGENCY, "p-rita");

        assertThat(register.create(content, "numbers").number()).matches("CHG-\\d{6}");
    }
}
