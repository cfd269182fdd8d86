package io.slipway.schedule;

import io.slipway.platform.data.ListTotal;
import io.slipway.release.AuditTrail;
import io.slipway.release.Landscape;
import io.slipway.release.NotFound;
import io.slipway.release.Permissions;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.Role;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The calendar of times in which nothing may be changed. */
@Service
public class Blackouts {

    private static final Duration LONGEST = Duration.ofDays(400);

    private final BlackoutRepository blackouts;
    private final Landscape landscape;
    private final Permissions permissions;
    private final AuditTrail audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Blackouts(
            BlackoutRepository blackouts,
            Landscape landscape,
            Permissions permissions,
            AuditTrail audit,
            ApplicationEventPublisher events,
            Clock clock) {
        this.blackouts = blackouts;
        this.landscape = landscape;
        this.permissions = permissions;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Enters a blackout; it holds at once, also for windows that are planned already, whose people are told.
     *
     * @throws Refused when it has no name, does not end after it starts, lasts too long, or its zone does not exist
     * @throws NotFound when there is no such system or environment
     */
    @Transactional
    public Blackout enter(String person, NewBlackout entered) {
        permissions.require(person, Role.RELEASE_MANAGER);
        check(entered);
        Blackout blackout = blackouts.save(new Blackout(entered, person));
        audit.record(new AuditTrail.Entry(
                Optional.empty(), "schedule.enterBlackout", blackout.name(), Map.of(), facts(blackout)));
        events.publishEvent(new BlackoutEntered(blackout));
        return blackout;
    }

    /**
     * Ends the effect of a blackout.
     *
     * @throws NotFound when there is none that holds
     */
    @Transactional
    public void lift(String person, UUID id) {
        permissions.require(person, Role.RELEASE_MANAGER);
        Blackout blackout = blackouts
                .findById(id)
                .filter(found -> found.liftedAt().isEmpty())
                .orElseThrow(() -> new NotFound("blackout", id.toString()));
        blackout.lift(person, clock.instant());
        audit.record(new AuditTrail.Entry(
                Optional.empty(), "schedule.liftBlackout", blackout.name(), facts(blackout), Map.of("lifted", true)));
    }

    /** Blackouts that are not over, the next first. */
    @Transactional(readOnly = true)
    public Page<Blackout> list(Pageable page) {
        Instant now = clock.instant();
        // None that is not over began longer ago than a blackout lasts.
        return new PageImpl<>(
                blackouts.ahead(now.minus(LONGEST), now, page),
                page,
                blackouts.counted(now, Limit.of(ListTotal.most(page))).size());
    }

    /** The next blackouts, at most twenty, that concern production of a release. */
    @Transactional(readOnly = true)
    public List<Blackout> ahead(Release release) {
        Instant now = clock.instant();
        return blackouts.ahead(now.minus(LONGEST), release.system(), production(release), now, Limit.of(20));
    }

    /** Blackouts that a stretch of time meets in production of a release, in the order of their starts. */
    @Transactional(readOnly = true)
    public List<Blackout> meeting(Release release, TimeSpan span) {
        return blackouts.meeting(release.system(), production(release), span.start(), span.end());
    }

    /** When the last of the blackouts is over that a stretch of time meets in production of a release; empty when it meets none. */
    @Transactional(readOnly = true)
    Optional<Instant> over(Release release, TimeSpan span) {
        return blackouts.over(release.system(), production(release), span.start(), span.end());
    }

    /**
     * Blackouts that a stretch of time meets, of all systems, in the order of their starts.
     *
     * @param most how many are told at most
     */
    @Transactional(readOnly = true)
    public List<Blackout> between(TimeSpan span, int most) {
        return blackouts.between(span.start().minus(LONGEST), span.start(), span.end(), Limit.of(most));
    }

    /** Blackouts in which a moment lies, in an environment of the system of a release. */
    @Transactional(readOnly = true)
    public List<Blackout> at(Release release, String environment, Instant moment) {
        return blackouts.meeting(release.system(), environment, moment, moment.plusNanos(1_000)).stream()
                .filter(blackout -> blackout.span().contains(moment))
                .toList();
    }

    private String production(Release release) {
        return landscape.production(release.system()).key();
    }

    private void check(NewBlackout entered) {
        if (entered.name().isBlank()
                || entered.name().length() > 200
                || entered.name().chars().anyMatch(Character::isISOControl)) {
            throw new Refused("name", "Please give the blackout a name of 1 to 200 characters, on one line.");
        }
        if (!entered.start().isBefore(entered.end())) {
            throw new Refused("end", "A blackout ends after it starts.");
        }
        if (Duration.between(entered.start(), entered.end()).compareTo(LONGEST) > 0) {
            throw new Refused("end", "A blackout lasts at most " + LONGEST.toDays() + " days.");
        }
        if (!ZoneId.getAvailableZoneIds().contains(entered.zone())) {
            throw new Refused("zone", "Please name an IANA zone such as Europe/Zurich.");
        }
        if (entered.system() != null) {
            landscape.system(entered.system());
            if (entered.environment() != null) {
                landscape.environment(entered.system(), entered.environment());
            }
        } else if (entered.environment() != null) {
            throw new Refused("system", "Please name the system of the environment, or leave out both.");
        }
    }

    static Map<String, Object> facts(Blackout blackout) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("id", blackout.id().toString());
        facts.put("name", blackout.name());
        facts.put("system", blackout.system().orElse("all"));
        facts.put("environment", blackout.environment().orElse("all"));
        facts.put("start", blackout.span().start().toString());
        facts.put("end", blackout.span().end().toString());
        return facts;
    }
}
