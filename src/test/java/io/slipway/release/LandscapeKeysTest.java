package io.slipway.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import io.slipway.platform.security.RoleGroups;
import org.junit.jupiter.api.Test;

/** Keys of systems and environments become part of the ids of groups, of which the engine keeps 64 characters. */
class LandscapeKeysTest {

    private static final String LONGEST = "s".repeat(45);

    private final Systems systems = mock(Systems.class);
    private final Environments environments = mock(Environments.class);
    private final RoleGroups groups = mock(RoleGroups.class);
    private final Landscape landscape = new Landscape(systems, environments, groups);

    private void environment(String system, String key) {
        landscape.addEnvironment(system, key, "Name", Environment.Tier.STAGING, 1, 1);
    }

    @Test
    void takesKeysWhoseGroupsTheEngineKeeps() {
        landscape.add(LONGEST, "Long", false);
        environment(LONGEST, "e");
        environment("s".repeat(36), "production");

        verify(groups).openSystem(LONGEST);
        verify(groups).openEnvironment("change-authority@" + LONGEST + ".e");
        assertThat("change-authority@" + LONGEST + ".e").hasSize(64);
    }

    @Test
    void refusesASystemWhoseGroupsWouldBeTooLong() {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> landscape.add(LONGEST + "s", "Long", false))
                .withMessageContaining("at most 45 characters")
                .satisfies(refused -> assertThat(refused.field()).contains("system"));
        verifyNoInteractions(systems, groups);
    }

    @Test
    void refusesAnEnvironmentWhoseGroupsWouldBeTooLong() {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> environment("s".repeat(37), "production"))
                .withMessageContaining("together at most 46 characters")
                .satisfies(refused -> assertThat(refused.field()).contains("environment"));
        verifyNoInteractions(environments, groups);
    }
}
