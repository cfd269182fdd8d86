package io.slipway.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.mock.env.MockEnvironment;

class FirstAdministratorsTest {

    private final People people = mock(People.class);
    private final RoleGroups groups = mock(RoleGroups.class);
    private final MockEnvironment environment = new MockEnvironment();

    @BeforeEach
    void emptyBookOfPeople() {
        when(people.none()).thenReturn(true);
        when(people.findByLogin(anyString())).thenReturn(Optional.empty());
        when(groups.administrators()).thenReturn(List.of("admin"));
    }

    private FirstAdministrators administrators() {
        return new FirstAdministrators(environment, people, groups);
    }

    private void name(int number, String login) {
        String prefix = "slipway.admin." + number + ".";
        environment.setProperty(prefix + "login", login);
        environment.setProperty(prefix + "name", "Name of " + login);
        environment.setProperty(prefix + "mail", login + "@example.org");
        environment.setProperty(prefix + "password", "Secret-" + number);
    }

    @Test
    void opensTheAccountsThatTheEnvironmentNames() {
        name(1, "one");
        name(2, "two");

        administrators().open();

        ArgumentCaptor<NewPerson> opened = ArgumentCaptor.forClass(NewPerson.class);
        verify(people, times(2)).register(opened.capture());
        assertThat(opened.getAllValues()).extracting(NewPerson::login).containsExactly("one", "two");
        assertThat(opened.getAllValues())
                .allSatisfy(account -> assertThat(account.groups()).containsExactly("admin"));
    }

    @Test
    void readsTheNamesOfTheEnvironmentAsTheyAreWritten() {
        StandardEnvironment real = new StandardEnvironment();
        real.getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource(
                        "systemEnvironment",
                        Map.of(
                                "SLIPWAY_ADMIN_1_LOGIN", "one",
                                "SLIPWAY_ADMIN_1_NAME", "Olivia One",
                                "SLIPWAY_ADMIN_1_MAIL", "one@example.org",
                                "SLIPWAY_ADMIN_1_PASSWORD", "Secret-1",
                                "SLIPWAY_ADMIN_2_LOGIN", "two",
                                "SLIPWAY_ADMIN_2_NAME", "Theo Two",
                                "SLIPWAY_ADMIN_2_MAIL", "two@example.org",
                                "SLIPWAY_ADMIN_2_PASSWORD", "Secret-2")));

        new FirstAdministrators(real, people, groups).open();

        ArgumentCaptor<NewPerson> opened = ArgumentCaptor.forClass(NewPerson.class);
        verify(people, times(2)).register(opened.capture());
        assertThat(opened.getAllValues()).extracting(NewPerson::name).containsExactly("Olivia One", "Theo Two");
        assertThat(opened.getAllValues()).extracting(NewPerson::password).containsExactly("Secret-1", "Secret-2");
    }

    @Test
    void leavesAccountsThatAreThereAsTheyAre() {
        name(1, "one");
        name(2, "two");
        when(people.none()).thenReturn(false);
        when(people.findByLogin(anyString())).thenReturn(Optional.of(new Person("p1", "one", null, Instant.EPOCH)));

        administrators().open();

        verify(people, never()).register(any());
    }

    @Test
    void oneAdministratorAloneIsNotEnough() {
        name(1, "one");

        assertThatThrownBy(() -> administrators().open())
                .isInstanceOf(StartRefused.class)
                .hasMessageStartingWith("A second administrator must be named");
        name(2, "ONE");
        assertThatThrownBy(() -> administrators().open()).isInstanceOf(StartRefused.class);
        verify(people, never()).register(any());
    }

    @Test
    void theDemonstrationNeedsNone() {
        environment.setActiveProfiles("demo");

        administrators().open();

        verify(people, never()).register(any());
    }

    @Test
    void aWeakPasswordStopsTheStart() {
        name(1, "one");
        name(2, "two");
        when(people.register(any()))
                .thenThrow(new AccountRefused("The password of one needs at least ten characters."));

        assertThatThrownBy(() -> administrators().open())
                .isInstanceOf(StartRefused.class)
                .hasMessage("An administrator named in the environment cannot be registered:"
                        + " The password of one needs at least ten characters.");
    }

    @Test
    void anotherNodeMayBeFaster() {
        name(1, "one");
        name(2, "two");
        when(people.findByLogin("one"))
                .thenReturn(Optional.empty())
                .thenReturn(Optional.of(new Person("p1", "one", null, Instant.EPOCH)));
        when(people.register(any()))
                .thenThrow(new AccountRefused("The login name 'one' is taken."))
                .thenReturn("p2");

        administrators().open();

        verify(people, times(2)).register(any());
    }

    @Test
    void withoutAnAccountAndWithoutANamedAdministratorTheProgramDoesNotStart() {
        assertThatThrownBy(() -> administrators().open())
                .isInstanceOf(StartRefused.class)
                .hasMessage("Nobody could sign in: there is no account yet, and no administrator is named.");
        verify(people, never()).register(any());
    }

    @Test
    void aRefusedStartIsToldInOneSentenceWithTheRemedy() {
        StartRefused refused = new StartRefused("It may not start.", "Do this.");

        FailureAnalysis told = new StartRefusedAnalyzer().analyze(new IllegalStateException(refused));

        assertThat(told.getDescription()).isEqualTo("It may not start.");
        assertThat(told.getAction()).isEqualTo("Do this.");
    }
}
