package io.slipway.communication;

import io.slipway.release.ReleaseState;
import io.slipway.release.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who is told what, and how patiently.
 *
 * @param from address that mails come from
 * @param zone zone of a reader who chose none
 * @param siteZone zone of the place where production stands, told besides the reader's
 * @param pause time between two rounds of the sender
 * @param lease after this time a mail whose sender died is sent again, with the same id
 * @param retries waits before each further attempt; after the last the mail counts as undeliverable
 * @param remindBefore how long before it is due people are reminded of a task; for a short task half of its time
 * @param moments groups of the roles that hear of a moment of a release, by the name of the moment
 * @param audiences what a reader is told of a release, by audience; the first that a reader belongs to counts
 * @param acknowledgement how receipts are signed and asked for
 * @param delay how delays are found
 * @param ladder who is asked when those concerned do not settle a question, from the lowest rung to the highest
 * @param remindHighest how often the highest rung is reminded of a question that it leaves lying
 * @param confirmWithin how long both sides of a dependency between teams have to confirm it
 */
@ConfigurationProperties("slipway.communication")
record CommunicationSettings(
        @DefaultValue("slipway@localhost") String from,
        @DefaultValue("UTC") ZoneId zone,
        @DefaultValue("UTC") ZoneId siteZone,
        @DefaultValue("PT5S") Duration pause,
        @DefaultValue("PT2M") Duration lease,

        @DefaultValue({"PT1M", "PT5M", "PT30M", "PT2H", "PT5H", "PT14H"})
        List<Duration> retries,

        @DefaultValue("PT4H") Duration remindBefore,
        @DefaultValue Map<String, List<String>> moments,
        @DefaultValue LinkedHashMap<String, AudienceSettings> audiences,
        @DefaultValue Acknowledgement acknowledgement,
        @DefaultValue Delay delay,
        @DefaultValue List<Rung> ladder,
        @DefaultValue("P2D") Duration remindHighest,
        @DefaultValue("P1D") Duration confirmWithin) {

    CommunicationSettings {
        retries = List.copyOf(retries);
        ladder = ladder.isEmpty()
                ? List.of(new Rung(Role.RELEASE_MANAGER.group(), Duration.ofHours(4)))
                : List.copyOf(ladder);
        ladder.forEach(rung -> requireRole("ladder", rung.role()));
        moments.forEach((moment, roles) -> roles.forEach(role -> requireRole("moments." + moment, role)));
        audiences.forEach((name, audience) ->
                audience.roles().forEach(role -> requireRole("audiences." + name + ".roles", role)));
    }

    private static void requireRole(String where, String role) {
        if (Role.ofGroup(role).isEmpty()) {
            throw new IllegalArgumentException(
                    "slipway.communication." + where + " names '" + role + "', which is no role");
        }
    }

    /**
     * An audience by its name.
     *
     * @throws IllegalArgumentException when the settings have none of this name
     */
    AudienceSettings audience(String name) {
        AudienceSettings found = audiences.get(name);
        if (found == null) {
            throw new IllegalArgumentException("slipway.communication.audiences has no '" + name + "'");
        }
        return found;
    }

    /**
     * An audience.
     *
     * @param label what people read
     * @param roles groups of the roles that belong to it
     * @param tells names of the lines of the release record that it reads
     */
    record AudienceSettings(String label, List<String> roles, List<String> tells) {

        AudienceSettings {
            roles = List.copyOf(roles);
            tells = List.copyOf(tells);
        }
    }

    /**
     * Receipts.
     *
     * @param key secret of at least 32 characters; without one it is drawn once and kept in the file
     * @param keyFile where a drawn secret is kept, outside of the database
     * @param validity how long a link is good for
     * @param moments names of the moments whose mails ask for a receipt
     * @param required groups of the roles of which somebody must have confirmed the present content before production is touched, by
     *     class of the release
     */
    record Acknowledgement(
            @Nullable String key,
            @DefaultValue("./data/keys/acknowledgement.key") Path keyFile,
            @DefaultValue("P14D") Duration validity,
            @DefaultValue({"planned", "windowChanged"}) List<String> moments,
            @DefaultValue Map<String, List<String>> required) {}

    /**
     * Delays.
     *
     * @param perTask how long an open task is expected to take when nothing is known of it
     * @param tasks expected time by id of the user task
     * @param states expected time of the states that lie before a release
     * @param nextUpdate how soon after an update the next one is promised, unless a person says otherwise
     * @param confirmWithin how long the release manager has to confirm a draft before the deputies are told
     */
    record Delay(
            @DefaultValue("PT1H") Duration perTask,
            @DefaultValue Map<String, Duration> tasks,
            @DefaultValue Map<ReleaseState, Duration> states,
            @DefaultValue("PT1H") Duration nextUpdate,
            @DefaultValue("PT30M") Duration confirmWithin) {}

    /**
     * A rung of the ladder.
     *
     * @param role group of the role that is asked
     * @param patience how long it has before the next rung is asked
     */
    record Rung(String role, Duration patience) {}
}
