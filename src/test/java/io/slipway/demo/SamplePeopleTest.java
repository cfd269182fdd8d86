package io.slipway.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.slipway.demo.SamplePeople.SamplePerson;
import io.slipway.platform.security.People;
import io.slipway.platform.security.SampleAccounts.SampleAccount;
import io.slipway.release.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

class SamplePeopleTest {

    private final SamplePeople people = new SamplePeople(mock(People.class));

    @Test
    void hasSomebodyForEveryRole() {
        assertThat(people.all()).extracting(SamplePerson::role).contains(Role.values());
    }

    @Test
    void hasTwoWhereOneMayNotActAlone() {
        for (Role role : List.of(
                Role.PRODUCT_OWNER, Role.DEVELOPER, Role.QA, Role.CHANGE_AUTHORITY, Role.PROCESS_OWNER, Role.ADMIN)) {
            assertThat(people.all()).filteredOn(person -> person.role() == role).hasSizeGreaterThan(1);
        }
    }

    @Test
    void namesTheDevelopersAsTheCommitsDo() {
        assertThat(people.all())
                .filteredOn(person -> person.role() == Role.DEVELOPER)
                .extracting(SamplePerson::name)
                .containsExactly("Dora Devlin", "Ravi Sharma");
    }

    @Test
    void showsEveryoneOnceWithThePassword() {
        assertThat(people.accounts()).hasSameSizeAs(people.all()).allSatisfy(account -> assertThat(account.password())
                .isEqualTo(SamplePeople.PASSWORD));
        assertThat(people.accounts()).extracting(SampleAccount::login).doesNotHaveDuplicates();
    }
}
