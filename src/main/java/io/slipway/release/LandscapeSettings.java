package io.slipway.release;

import io.slipway.release.Environment.Tier;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The managed systems as an installation names them, by key. They are entered when the program starts; what is there already is left
 * as it is, and what is no longer named stays, because releases tell of it.
 *
 * @param systems systems by key
 */
@ConfigurationProperties(value = "slipway.landscape", ignoreUnknownFields = false)
record LandscapeSettings(@DefaultValue Map<String, SystemSettings> systems) {

    /** Keys are parts of addresses, of group names and of directories on the targets. */
    private static final String KEY = "[a-z][a-z0-9-]{0,39}";

    LandscapeSettings {
        systems.forEach((key, system) -> {
            requireKey("slipway.landscape.systems", key);
            system.check("slipway.landscape.systems." + key);
        });
    }

    private static void requireKey(String where, String key) {
        if (!key.matches(KEY)) {
            throw new IllegalArgumentException(where + ": '" + key
                    + "' is no key; please use at most 40 small letters, digits and hyphens, a letter first.");
        }
    }

    /**
     * A managed system.
     *
     * @param name what people call it
     * @param stateful whether a new version needs data that the old one wrote; false unless told
     * @param environments where it runs, in the order in which a release passes them; the last and no other is production
     */
    record SystemSettings(
            @DefaultValue("") String name,
            boolean stateful,
            @DefaultValue List<EnvironmentSettings> environments) {

        private void check(String where) {
            if (name.isBlank()) {
                throw new IllegalArgumentException(where + ".name is missing; please say what people call the system.");
            }
            for (int i = 0; i < environments.size(); i++) {
                EnvironmentSettings environment = environments.get(i);
                String at = where + ".environments[" + i + "]";
                requireKey(at + ".key", environment.key);
                if ((environment.tier == Tier.PRODUCTION) != (i == environments.size() - 1)) {
                    throw new IllegalArgumentException(
                            at
                                    + ".tier: the last environment is PRODUCTION and no other is; please change the order or the tier.");
                }
            }
            if (environments.isEmpty()) {
                throw new IllegalArgumentException(
                        where + ".environments is empty; please name at least the one that customers use.");
            }
        }
    }

    /**
     * A place in which a system runs.
     *
     * @param key key within the system
     * @param name what people call it; the key unless told
     * @param tier how near to customers it is
     * @param instances instances of the service that run at the same time; 1 unless told
     * @param site what the place is like
     */
    record EnvironmentSettings(
            @DefaultValue("") String key,
            @DefaultValue("") String name,
            @DefaultValue("DEVELOPMENT") Tier tier,
            @DefaultValue("1") int instances,
            @DefaultValue SiteSettings site) {

        EnvironmentSettings {
            name = name.isBlank() ? key : name;
        }
    }

    /**
     * What a place is like. It is entered anew at every start.
     *
     * @param capacity releases that may use it at the same time; 1 unless told
     * @param setUp time that it is blocked before it is used; none unless told
     * @param tearDown time that it is blocked afterwards; none unless told
     * @param zone IANA name of the zone in which the people there read the time; UTC unless told
     * @param region part of the world that calendars name; none unless told
     */
    record SiteSettings(
            @DefaultValue("1") int capacity,
            @DefaultValue("PT0S") Duration setUp,
            @DefaultValue("PT0S") Duration tearDown,
            @DefaultValue("UTC") ZoneId zone,
            @DefaultValue("") String region) {

        EnvironmentSites.Site site() {
            return new EnvironmentSites.Site(
                    capacity, setUp, tearDown, zone, region.isBlank() ? Optional.empty() : Optional.of(region));
        }
    }
}
