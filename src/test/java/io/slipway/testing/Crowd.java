package io.slipway.testing;

import io.slipway.platform.security.NewPerson;
import io.slipway.platform.security.People;
import io.slipway.platform.security.Person;
import java.util.Set;
import org.springframework.boot.test.context.TestComponent;

/** People for tests, opened when a test first needs them. */
@TestComponent
public class Crowd {

    /** Password of everybody here. */
    public static final String PASSWORD = "Only-for-tests-1!";

    private final People people;

    Crowd(People people) {
        this.people = people;
    }

    /** Opaque id of somebody with these groups; the same for the same login. */
    public String id(String login, String... groups) {
        return people.findByLogin(login)
                .map(Person::id)
                .orElseGet(() -> people.register(new NewPerson(
                        login, "Test " + login.replace('.', ' '), login + "@example.org", PASSWORD, Set.of(groups))));
    }
}
