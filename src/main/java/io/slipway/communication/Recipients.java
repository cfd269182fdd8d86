package io.slipway.communication;

import io.slipway.platform.security.People;
import io.slipway.platform.security.Person;
import io.slipway.release.EnvironmentSites;
import io.slipway.release.ReleaseId;
import java.time.ZoneId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds the people behind groups and ids at the moment at which something is sent, and how they read times. */
@Component
class Recipients {

    private final People people;
    private final JdbcClient jdbc;
    private final EnvironmentSites sites;
    private final CommunicationSettings settings;

    Recipients(People people, JdbcClient jdbc, EnvironmentSites sites, CommunicationSettings settings) {
        this.people = people;
        this.jdbc = jdbc;
        this.sites = sites;
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
                .flatMap(Optional::stream)
                .filter(person -> person.state() == Person.State.ACTIVE)
                .forEach(person -> found.put(person, Set.of()));
        return found;
    }

    /** The zone in which a person reads mails; that of the house where none was chosen. */
    ZoneId zoneOf(String person) {
        return chosenZone(person).orElse(settings.zone());
    }

    /** The zone that a person chose. */
    Optional<ZoneId> chosenZone(String person) {
        return jdbc
                .sql("select zone_name from mail_zone where person_id = ?")
                .param(person)
                .query(String.class)
                .list()
                .stream()
                .findFirst()
                .map(ZoneId::of);
    }

    /** The zone of the place that a release changes: where its system's production stands, or that of the house. */
    ZoneId siteOf(Optional<ReleaseId> release) {
        return release.flatMap(sites::productionZone).orElse(settings.siteZone());
    }
}
