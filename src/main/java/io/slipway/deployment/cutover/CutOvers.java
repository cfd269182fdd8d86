package io.slipway.deployment.cutover;

import io.slipway.deployment.DeploymentPattern;
import io.slipway.deployment.DeploymentPlan;
import io.slipway.deployment.ProductionPlans;
import io.slipway.deployment.RunningServices;
import io.slipway.deployment.cutover.CutOverPlan.Name;
import io.slipway.release.AuditTrail;
import io.slipway.release.Landscape;
import io.slipway.release.NotFound;
import io.slipway.release.Permissions;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.Role;
import io.slipway.release.StoredIds;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Plans how users are led to a new version. Answers of the name service are kept by strangers for as long as their time to live, so a
 * switch is safe only when the old time to live has passed since it was lowered.
 */
@Service
public class CutOvers {

    private static final Pattern DNS_NAME =
            Pattern.compile("(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Duration LONGEST = Duration.ofDays(7);

    private final JdbcClient jdbc;
    private final ProductionPlans plans;
    private final RunningServices services;
    private final Landscape landscape;
    private final Permissions permissions;
    private final AuditTrail audit;
    private final Clock clock;

    CutOvers(
            JdbcClient jdbc,
            ProductionPlans plans,
            RunningServices services,
            Landscape landscape,
            Permissions permissions,
            AuditTrail audit,
            Clock clock) {
        this.jdbc = jdbc;
        this.plans = plans;
        this.services = services;
        this.landscape = landscape;
        this.permissions = permissions;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Says under which name users find a system; from now on its releases wait for the old time to live.
     *
     * @throws io.slipway.release.NotPermitted when the person is not of operations
     * @throws Refused when name or times make no sense
     */
    @Transactional
    public Name enter(
            String system, @Nullable String name, @Nullable Duration ttl, @Nullable Duration lowered, String person) {
        permissions.require(person, Role.OPERATIONS);
        landscape.system(system);
        if (name == null || ttl == null || lowered == null) {
            throw new Refused("name", "Please give 'name', 'ttl' and 'lowered', the times as PT1H or PT60S.");
        }
        if (!DNS_NAME.matcher(name).matches()) {
            throw new Refused("name", "Please give a host name in small letters, such as shop.example.org.");
        }
        if (lowered.isNegative() || lowered.isZero() || lowered.compareTo(ttl) > 0 || ttl.compareTo(LONGEST) > 0) {
            throw new Refused(
                    "lowered",
                    "The lowered time to live is at least a second and at most the usual one, which is at most"
                            + " seven days.");
        }
        Optional<Name> before = name(system);
        jdbc.sql("delete from cut_over_name where system_key = ?").param(system).update();
        jdbc.sql(
                        "insert into cut_over_name (system_key, dns_name, ttl_seconds, lowered_seconds, entered_by, entered_at)"
                                + " values (?, ?, ?, ?, ?, ?)")
                .params(system, name, ttl.toSeconds(), lowered.toSeconds(), person, Timestamp.from(clock.instant()))
                .update();
        Name entered = new Name(name, ttl, lowered);
        audit.record(new AuditTrail.Entry(
                Optional.empty(),
                "cutOver.enter",
                system,
                before.map(CutOvers::facts).orElse(Map.of()),
                facts(entered)));
        return entered;
    }

    /** Says that the address of a system never changes; its releases wait for nothing any more. */
    @Transactional
    public void remove(String system, String person) {
        permissions.require(person, Role.OPERATIONS);
        Name before = name(system).orElseThrow(() -> new NotFound("name of the system", system));
        jdbc.sql("delete from cut_over_name where system_key = ?").param(system).update();
        audit.record(new AuditTrail.Entry(Optional.empty(), "cutOver.remove", system, facts(before), Map.of()));
    }

    private static Map<String, Object> facts(Name name) {
        return Map.of(
                "name", name.name(),
                "ttl", name.ttl().toString(),
                "lowered", name.lowered().toString());
    }

    /** The name under which users find a system; empty where its address never changes. */
    @Transactional(readOnly = true)
    public Optional<Name> name(String system) {
        return jdbc.sql("select dns_name, ttl_seconds, lowered_seconds from cut_over_name where system_key = ?")
                .param(system)
                .query((row, number) -> new Name(
                        row.getString(1), Duration.ofSeconds(row.getLong(2)), Duration.ofSeconds(row.getLong(3))))
                .optional();
    }

    /**
     * Records that the time to live was lowered.
     *
     * @param seen the time to live that the name service answers now
     * @param loweredAt when it was lowered
     * @throws io.slipway.release.NotPermitted when the person is neither of operations nor a deployer
     * @throws Refused when the system has no name, the answer is not low enough, or the moment lies ahead
     */
    @Transactional
    public CutOverPlan recordLowered(
            Release release, @Nullable Duration seen, @Nullable Instant loweredAt, String person) {
        permissions.requireRead(release, person);
        permissions.require(release, person, Role.OPERATIONS, Role.DEPLOYER);
        Name name = name(release.system())
                .orElseThrow(() -> new Refused("The address of " + release.system()
                        + " never changes, so there is nothing to lower; operations enter its name if that is wrong."));
        if (seen == null || loweredAt == null) {
            throw new Refused(
                    "seen", "Please give 'seen', the time to live that is answered now, and 'loweredAt', since when.");
        }
        if (seen.isNegative() || seen.isZero() || seen.compareTo(name.lowered()) > 0) {
            throw new Refused(
                    "seen",
                    name.name() + " has to answer with a time to live of at most "
                            + name.lowered().toSeconds() + " s; please lower it and look again.");
        }
        if (loweredAt.isAfter(clock.instant())) {
            throw new Refused("loweredAt", "Please give the moment at which it was lowered; it does not lie ahead.");
        }
        jdbc.sql("insert into cut_over_lowered (release_id, dns_name, ttl_seconds, seen_seconds, lowered_at,"
                        + " recorded_by, recorded_at) values (?, ?, ?, ?, ?, ?, ?)")
                .params(
                        StoredIds.bytes(release),
                        name.name(),
                        name.ttl().toSeconds(),
                        seen.toSeconds(),
                        Timestamp.from(loweredAt),
                        person,
                        Timestamp.from(clock.instant()))
                .update();
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "cutOver.lowered",
                name.name(),
                Map.of("ttl", name.ttl().toString()),
                Map.of("ttl", seen.toString(), "at", loweredAt.toString())));
        return plan(release);
    }

    /** The last time at which the time to live of this name was lowered for a release, and what it had been. */
    private Optional<Lowered> lowered(Release release, Name name) {
        return jdbc.sql("select lowered_at, ttl_seconds from cut_over_lowered where release_id = ? and dns_name = ?"
                        + " order by id desc limit 1")
                .params(StoredIds.bytes(release), name.name())
                .query((row, number) ->
                        new Lowered(row.getTimestamp(1).toInstant(), Duration.ofSeconds(row.getLong(2))))
                .optional();
    }

    private record Lowered(Instant at, Duration before) {}

    /**
     * How users of production are led to the version of a release, for somebody who reads.
     *
     * @throws NotFound when the person may not know of the release
     */
    @Transactional(readOnly = true)
    public CutOverPlan plan(Release release, String person) {
        permissions.requireRead(release, person);
        return plan(release);
    }

    /** How users of production are led to the version of a release. */
    @Transactional(readOnly = true)
    public CutOverPlan plan(Release release) {
        Optional<Name> name = name(release.system());
        Optional<Lowered> lowered = name.flatMap(known -> lowered(release, known));
        Optional<Instant> switchFrom = lowered.map(low -> low.at().plus(low.before()));
        List<String> obstacles = new ArrayList<>();
        name.ifPresent(known -> {
            if (switchFrom.isEmpty()) {
                obstacles.add("The time to live of " + known.name() + " is "
                        + known.ttl().toSeconds()
                        + " s and was not lowered to " + known.lowered().toSeconds()
                        + " s; please lower it, record it on the page of the release, and wait for "
                        + known.ttl().toSeconds() + " s.");
            } else if (clock.instant().isBefore(switchFrom.get())) {
                obstacles.add("Answers for " + known.name() + " with the old time to live are kept until "
                        + switchFrom.get() + "; the switch is refused before that.");
            }
        });
        return new CutOverPlan(
                name.orElse(null),
                name.flatMap(known -> release.windowStart().map(start -> start.minus(known.ttl())))
                        .orElse(null),
                lowered.map(Lowered::at).orElse(null),
                switchFrom.orElse(null),
                steps(release, name),
                obstacles);
    }

    private List<CutOverPlan.Step> steps(Release release, Optional<Name> name) {
        String production = landscape.production(release.system()).key();
        String before = services.live(release.system(), production)
                .filter(live -> !live.version().equals(release.version()))
                .map(RunningServices.RunningVersion::version)
                .orElse("what ran before");
        boolean rolling = plans.present(release)
                .map(DeploymentPlan::pattern)
                .filter(DeploymentPattern.ROLLING::equals)
                .isPresent();
        List<CutOverPlan.Step> steps = new ArrayList<>();
        name.ifPresent(known -> steps.add(new CutOverPlan.Step(
                "Lower the time to live",
                "Let " + known.name() + " answer with " + known.lowered().toSeconds() + " s instead of "
                        + known.ttl().toSeconds() + " s, and wait for the old time to live to pass",
                "Set it to " + known.ttl().toSeconds() + " s again after the bake time")));
        steps.add(new CutOverPlan.Step(
                "Switch",
                "Lead new requests of " + production + " to " + release.version() + "; requests under way end on "
                        + before,
                "Lead new requests back to " + before + ", which "
                        + (rolling ? "is started again first" : "still runs")));
        steps.add(new CutOverPlan.Step(
                "Drain",
                "Wait until no request is under way to a service before it is stopped",
                "Nothing: nothing is changed"));
        steps.add(new CutOverPlan.Step(
                "Verify from outside",
                "Ask the address that users have for its version and compare service, files and answer with the seal",
                "Nothing: nothing is changed"));
        return steps;
    }
}
