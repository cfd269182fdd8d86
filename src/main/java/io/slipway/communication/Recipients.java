package io.slipway.communication;

import io.slipway.platform.security.People;
import io.slipway.platform.security.Person;
import java.time.ZoneId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds the people behind groups and ids at the moment at which something is sent, and how they read times. */
@Component
class Recipients {

    private final People people;
    private final JdbcClient jdbc;
    private final CommunicationSettings settings;

    Recipients(People people, JdbcClient jdbc, CommunicationSettings settings) {
        this.people = people;
        this.jdbc = jdbc;
        this.settings = settings;
    }

    /** Everybody once, however many of the groups a person is in; people by name have no group. */
    Map<Person, Set<String>> of(Collection<String> groups, Collection<String> ids) {
        Map<Person, Set<String>> found = new LinkedHashMap<>(people.members(groups));
        Set<String> known = new LinkedHashSet<>();
        found.keySet().forEach(person -> known.add(person.id()));
        ids.stream()
                .filter(id -> !known.contains(id))
                .map(people::find)
                .flatMap(java.util.Optional::stream)
                .filter(person -> person.state() == Person.State.ACTIVE)
                .forEach(person -> found.put(person, Set.of()));
        return found;
    }

    /** The zone in which a person reads mails. */
    ZoneId zoneOf(String person) {
        List<String> zone = jdbc.sql("select zone_name from mail_zone where person_id = ?")
                .param(person)
                .query(String.class)
                .list();
        return zone.isEmpty() ? settings.zone() : ZoneId.of(zone.get(0));
    }
}
