package io.slipway.platform.security;

import io.slipway.platform.process.EngineAccess;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.PasswordPolicyResult;
import org.camunda.bpm.engine.identity.User;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Opens accounts, finds the people behind them and closes them. */
@Service
public class People {

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final Pattern LOGIN = Pattern.compile("[a-z0-9][a-z0-9._@-]{1,63}");
    private static final Pattern MAIL = Pattern.compile("[^\\s@]{1,64}@[^\\s@]{1,189}");
    private static final int NAMES_AT_ONCE = 500;
    private static final Map<String, String> PASSWORD_RULES = Map.of(
            "PASSWORD_POLICY_USER_DATA", "may not contain the person's name, login or mail address",
            "PASSWORD_POLICY_LENGTH", "needs at least ten characters",
            "PASSWORD_POLICY_LOWERCASE", "needs a lower-case letter",
            "PASSWORD_POLICY_UPPERCASE", "needs an upper-case letter",
            "PASSWORD_POLICY_DIGIT", "needs a digit",
            "PASSWORD_POLICY_SPECIAL", "needs a special character");

    private final PersonRepository people;
    private final RoleGroups groups;
    private final IdentityService identities;
    private final EngineAccess access;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    People(
            PersonRepository people,
            RoleGroups groups,
            @Lazy IdentityService identities,
            EngineAccess access,
            Clock clock) {
        this.people = people;
        this.groups = groups;
        this.identities = identities;
        this.access = access;
        this.clock = clock;
    }

    /**
     * Opens an account with its roles.
     *
     * @return the opaque id of the person
     * @throws AccountRefused when the login is taken or not acceptable, the password is weak, or a group is no role
     */
    @Transactional
    public String register(NewPerson account) {
        String name = account.name().strip();
        if (name.isEmpty() || name.length() > 100) {
            throw new AccountRefused("Please give a name of 1 to 100 characters.");
        }
        Person person = open(account.login(), account.mail());
        int gap = name.lastIndexOf(' ');
        asSystem(() -> {
            User user = identities.newUser(person.id());
            user.setFirstName(gap < 0 ? "" : name.substring(0, gap));
            user.setLastName(name.substring(gap + 1));
            checkPassword(account, user);
            user.setPassword(account.password());
            identities.saveUser(user);
        });
        for (String group : account.groups()) {
            groups.ensure(group);
            asSystem(() -> identities.createMembership(person.id(), group));
        }
        return person.id();
    }

    /** Enters a person under a drawn id; the engine's user follows. */
    Person open(String login, @Nullable String mail) {
        String normal = normal(login);
        if (!LOGIN.matcher(normal).matches()) {
            throw new AccountRefused(
                    "A login name has 2 to 64 letters, digits, dots, hyphens, underscores or at signs.");
        }
        if (people.existsByLogin(normal)) {
            throw new AccountRefused("The login name '" + normal + "' is taken.");
        }
        return people.saveAndFlush(new Person(drawn(), normal, mail == null ? null : mail(mail), clock.instant()));
    }

    /** Takes down where mails to this person go. */
    void writeTo(String id, String mail) {
        people.findById(id).ifPresent(person -> person.writeTo(mail(mail)));
    }

    private static String mail(String mail) {
        if (!MAIL.matcher(mail.strip()).matches()) {
            throw new AccountRefused("'" + mail + "' is no mail address.");
        }
        return mail.strip();
    }

    private void checkPassword(NewPerson account, User user) {
        PasswordPolicyResult result = identities.checkPasswordAgainstPolicy(account.password(), user);
        List<String> faults = new ArrayList<>();
        result.getViolatedRules().stream()
                .map(rule -> PASSWORD_RULES.getOrDefault(rule.getPlaceholder(), rule.getPlaceholder()))
                .forEach(faults::add);
        if (faults.isEmpty() && normal(account.password()).contains(normal(account.login()))) {
            faults.add("may not contain the person's name, login or mail address");
        }
        if (!faults.isEmpty()) {
            throw new AccountRefused(
                    "The password of " + normal(account.login()) + " " + String.join(", ", faults) + ".");
        }
    }

    /** The person with this opaque id. */
    @Transactional(readOnly = true)
    public Optional<Person> find(String id) {
        return people.findById(id);
    }

    /** The person who signs in by this name, without regard to case. */
    @Transactional(readOnly = true)
    public Optional<Person> findByLogin(String login) {
        return people.findByLogin(normal(login));
    }

    /**
     * Who may sign in and is in one of these groups, each person with those of the groups that the person is in.
     *
     * @return groups by person, in the order of the groups
     */
    @Transactional(readOnly = true)
    public Map<Person, Set<String>> members(Collection<String> groups) {
        Map<String, Set<String>> byId = new LinkedHashMap<>();
        for (String group : groups) {
            access.asSystem(() ->
                            identities.createUserQuery().memberOfGroup(group).list())
                    .forEach(user -> byId.computeIfAbsent(user.getId(), id -> new LinkedHashSet<>())
                            .add(group));
        }
        Map<String, Person> known = new HashMap<>();
        people.findAllById(byId.keySet()).forEach(person -> known.put(person.id(), person));
        Map<Person, Set<String>> members = new LinkedHashMap<>();
        byId.forEach((id, held) -> {
            Person person = known.get(id);
            if (person != null && person.state() == Person.State.ACTIVE) {
                members.put(person, held);
            }
        });
        return members;
    }

    /** Whether anybody has an account. */
    @Transactional(readOnly = true)
    public boolean none() {
        return people.count() == 0;
    }

    /** What people read instead of the opaque id. */
    public String name(String id) {
        return names(List.of(id)).getOrDefault(id, id);
    }

    /**
     * What people read instead of these opaque ids, asked for together.
     *
     * @return a name for every id: the program's own for its principals, and a neutral one for people whose data were erased
     */
    public Map<String, String> names(Collection<String> ids) {
        Map<String, String> names = new HashMap<>();
        List<String> asked = ids.stream().distinct().toList();
        for (int from = 0; from < asked.size(); from += NAMES_AT_ONCE) {
            String[] some = asked.subList(from, Math.min(asked.size(), from + NAMES_AT_ONCE))
                    .toArray(String[]::new);
            access.asSystem(() -> identities.createUserQuery().userIdIn(some).list())
                    .forEach(user -> names.put(user.getId(), displayed(user)));
        }
        for (String id : asked) {
            names.putIfAbsent(id, id.equals(EngineAccess.WORKER) || id.equals("system") ? "Slipway" : "[erased]");
        }
        return names;
    }

    private static String displayed(User user) {
        String first = user.getFirstName();
        String last = user.getLastName();
        String name = ((first == null ? "" : first) + " " + (last == null ? "" : last)).strip();
        return name.isEmpty() ? "Unnamed person" : name;
    }

    /**
     * Ends an account: its roles are taken away and nobody signs in with it any more. What the person did stays readable.
     *
     * @throws AccountRefused when too few administrators would remain
     */
    @Transactional
    public void deactivate(String id) {
        List<String> held = access.groupsOf(id);
        held.forEach(group -> groups.requireRemaining(group, id));
        held.forEach(group -> asSystem(() -> identities.deleteMembership(id, group)));
        people.findById(id).ifPresent(Person::deactivate);
    }

    /**
     * Erases login name, mail address and displayed name; the opaque id stays in the records.
     *
     * @throws AccountRefused when the account was not deactivated before
     */
    @Transactional
    public void erase(String id) {
        Person person = people.findById(id).orElseThrow(() -> new AccountRefused("There is no such person."));
        if (person.state() == Person.State.ACTIVE) {
            throw new AccountRefused("Please deactivate the account before it is erased.");
        }
        person.erase(clock.instant());
        asSystem(() -> identities.deleteUser(id));
    }

    static String normal(String login) {
        return login.strip().toLowerCase(Locale.ROOT);
    }

    private String drawn() {
        StringBuilder id = new StringBuilder("p");
        for (int i = 0; i < 20; i++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }

    private void asSystem(Runnable work) {
        Supplier<Boolean> call = () -> {
            work.run();
            return true;
        };
        access.asSystem(call);
    }
}
