package io.slipway.platform.process;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Turns opaque ids of people into the names that people read, and tells which groups somebody is in. */
@Component
public class PersonNames {

    private static final String PROGRAM = "Slipway";

    private final JdbcClient jdbc;
    private final IdentityService identities;
    private final EngineAccess access;

    PersonNames(JdbcClient jdbc, @Lazy IdentityService identities, EngineAccess access) {
        this.jdbc = jdbc;
        this.identities = identities;
        this.access = access;
    }

    /**
     * A person as the database has it now.
     *
     * @param name what others read; the id where no name is kept any more
     * @param groups ids of the groups; empty for somebody unknown
     */
    public record Account(String person, String name, Set<String> groups) {

        /** Keeps its own copy of the groups. */
        public Account {
            groups = Set.copyOf(groups);
        }
    }

    /** Name and groups of a person, in one statement. */
    public Account account(String person) {
        Set<String> groups = new LinkedHashSet<>();
        Set<String> names = new LinkedHashSet<>();
        jdbc.sql("""
                        select u.FIRST_, u.LAST_, m.GROUP_ID_ from ACT_ID_USER u
                        left join ACT_ID_MEMBERSHIP m on m.USER_ID_ = u.ID_ where u.ID_ = ?
                        """).param(person).query(row -> {
            names.add(name(row, person));
            String group = row.getString(3);
            if (group != null) {
                groups.add(group);
            }
        });
        return new Account(person, names.stream().findFirst().orElse(person), groups);
    }

    private static String name(ResultSet row, String person) throws SQLException {
        return named(row.getString(1), row.getString(2), person);
    }

    /** Joins what is kept of a name; the id of the person where nothing is. */
    static String named(
            @org.jspecify.annotations.Nullable String first,
            @org.jspecify.annotations.Nullable String last,
            String person) {
        String name = ((first == null ? "" : first) + " " + (last == null ? "" : last)).strip();
        return name.isEmpty() ? person : name;
    }

    /** The name of every one of these people by id; somebody whose name is not kept any more keeps the id. */
    public Map<String, String> names(Collection<String> people) {
        Map<String, String> names = new LinkedHashMap<>();
        people.forEach(person -> names.put(person, isProgram(person) ? PROGRAM : person));
        String[] asked =
                names.keySet().stream().filter(person -> !isProgram(person)).toArray(String[]::new);
        if (asked.length > 0) {
            for (User user : access.asSystem(
                    () -> identities.createUserQuery().userIdIn(asked).list())) {
                names.put(user.getId(), named(user.getFirstName(), user.getLastName(), user.getId()));
            }
        }
        return names;
    }

    private static boolean isProgram(String person) {
        return person.equals("system") || person.startsWith(EngineAccess.WORKER);
    }
}
