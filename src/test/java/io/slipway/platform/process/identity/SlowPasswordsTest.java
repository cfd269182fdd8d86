package io.slipway.platform.process.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SlowPasswordsTest {

    private final SlowPasswords passwords = new SlowPasswords(1000);

    @Test
    void knowsAPasswordAgainAndNoOther() {
        String kept = passwords.encrypt("Tür-und-Tor-1!");

        assertThat(kept).startsWith("1000$").doesNotContain("Tor");
        assertThat(passwords.check("Tür-und-Tor-1!", kept)).isTrue();
        assertThat(passwords.check("Tür-und-Tor-1", kept)).isFalse();
        assertThat(passwords.check("", kept)).isFalse();
    }

    @Test
    void keepsTheSamePasswordDifferentlyEachTime() {
        assertThat(passwords.encrypt("same")).isNotEqualTo(passwords.encrypt("same"));
    }

    @Test
    void checksWithTheRoundsThatThePasswordWasKeptWith() {
        String kept = passwords.encrypt("secret");

        assertThat(new SlowPasswords(2000).check("secret", kept)).isTrue();
    }

    @Test
    void readsNothingElse() {
        assertThatThrownBy(() -> passwords.check("secret", "no hash"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
    }
}
