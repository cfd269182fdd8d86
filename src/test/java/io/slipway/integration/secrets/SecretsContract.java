package io.slipway.integration.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.Capability;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What every keeper of secrets promises. */
@Capability("3.5")
abstract class SecretsContract {

    /** A keeper that has a secret {@code mail.password} with the value {@code p=w d}. */
    abstract Secrets secrets() throws IOException;

    @Test
    void givesASecretByItsNameAndDoesNotShowIt() throws IOException {
        Secrets.Secret secret = secrets().read("mail.password").orElseThrow();

        assertThat(secret.reveal()).isEqualTo("p=w d");
        assertThat(secret.toString()).doesNotContain("p=w d");
        assertThat(secrets().knows("mail.password")).isTrue();
    }

    @Test
    void doesNotKnowOthers() throws IOException {
        for (String name : new String[] {"", "other", "mail", "../mail.password", "${7*7}", "x".repeat(200)}) {
            assertThat(secrets().knows(name)).isFalse();
            assertThat(secrets().read(name)).isEmpty();
        }
    }
}
