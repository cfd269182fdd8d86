package io.slipway.demo;

import io.slipway.platform.security.NewPerson;
import io.slipway.platform.security.People;
import io.slipway.platform.security.SampleAccounts;
import io.slipway.release.Role;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * The people of the demo: somebody for every role, and two where one person alone could not carry a release. They share one
 * password, which the sign-in page shows.
 */
@Component
@Profile("demo")
public class SamplePeople implements SampleAccounts {

    /** The password of all of them. */
    public static final String PASSWORD = "Launch-day-1";

    /** Everybody, in the order in which a release meets them. The developers are those who wrote the sample. */
    private static final List<SamplePerson> ALL = List.of(
            new SamplePerson("mara", "Mara Lind", Role.RELEASE_MANAGER),
            new SamplePerson("paul", "Paul Okafor", Role.PRODUCT_OWNER),
            new SamplePerson("petra", "Petra Vogel", Role.PRODUCT_OWNER),
            new SamplePerson("dora", "Dora Devlin", Role.DEVELOPER),
            new SamplePerson("ravi", "Ravi Sharma", Role.DEVELOPER),
            new SamplePerson("quinn", "Quinn Abbott", Role.QA),
            new SamplePerson("quirin", "Quirin Faber", Role.QA),
            new SamplePerson("chiara", "Chiara Conti", Role.CHANGE_AUTHORITY),
            new SamplePerson("carl", "Carl Berger", Role.CHANGE_AUTHORITY),
            new SamplePerson("cora", "Cora Menon", Role.CAB_MEMBER),
            new SamplePerson("sefa", "Sefa Yilmaz", Role.SECURITY),
            new SamplePerson("dana", "Dana Petrov", Role.DBA),
            new SamplePerson("oscar", "Oscar Nystrom", Role.OPERATIONS),
            new SamplePerson("derek", "Derek Stone", Role.DEPLOYER),
            new SamplePerson("ines", "Ines Ortega", Role.INCIDENT_MANAGER),
            new SamplePerson("sam", "Sam Whitaker", Role.SERVICE_DESK),
            new SamplePerson("pia", "Pia Novak", Role.PROCESS_OWNER),
            new SamplePerson("peter", "Peter Haas", Role.PROCESS_OWNER),
            new SamplePerson("aldo", "Aldo Ricci", Role.AUDITOR),
            new SamplePerson("eva", "Eva Marsh", Role.EXECUTIVE),
            new SamplePerson("ada", "Ada Winters", Role.ADMIN),
            new SamplePerson("alan", "Alan Brook", Role.ADMIN));

    private final People people;

    SamplePeople(People people) {
        this.people = people;
    }

    /**
     * One of them.
     *
     * @param login name for signing in
     * @param name what people read
     * @param role the role, for the storefront where it is held for single systems
     */
    public record SamplePerson(String login, String name, Role role) {

        /** The group that carries the role. */
        public String group() {
            return role.groupFor(SampleLandscape.SYSTEM);
        }

        /** Name and role. */
        @Override
        public String toString() {
            return name + " (" + role.label().toLowerCase(Locale.ROOT) + ")";
        }
    }

    @Override
    public List<SampleAccount> accounts() {
        return ALL.stream()
                .map(person -> new SampleAccount(person.role().label(), person.login(), PASSWORD))
                .toList();
    }

    /** Opens the accounts that are missing. */
    void open() {
        for (SamplePerson person : ALL) {
            if (people.findByLogin(person.login()).isEmpty()) {
                people.register(new NewPerson(
                        person.login(),
                        person.name(),
                        person.login() + "@storefront.example",
                        PASSWORD,
                        Set.of(person.group())));
            }
        }
    }

    /** Everybody, in the order in which a release meets them. */
    public List<SamplePerson> all() {
        return ALL;
    }

    /**
     * The one who signs in by this name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public SamplePerson named(String login) {
        return ALL.stream()
                .filter(person -> person.login().equals(login))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Nobody in the demo is called '" + login + "'."));
    }

    /** The opaque id under which the records keep this person. */
    public String idOf(SamplePerson person) {
        return people.findByLogin(person.login())
                .orElseThrow(() -> new IllegalStateException(
                        "The account '" + person.login() + "' of the demo is gone; please delete the data directory."))
                .id();
    }
}
