package io.slipway.governance.risk;

import io.slipway.release.AuditTrail;
import io.slipway.release.Part;
import io.slipway.release.Permissions;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.Releases;
import io.slipway.release.Role;
import io.slipway.release.StoredIds;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Assesses the risk of releases and keeps what was answered. */
@Service
public class Risks {

    /** Whoever knows of a danger may say so. */
    private static final Role[] RAISERS = {
        Role.RELEASE_MANAGER, Role.CHANGE_AUTHORITY, Role.CAB_MEMBER, Role.SECURITY, Role.QA, Role.DBA, Role.OPERATIONS
    };

    private final RiskAssessmentRepository assessments;
    private final RiskFactors factors;
    private final Permissions permissions;
    private final Releases releases;
    private final JdbcClient jdbc;
    private final AuditTrail audit;
    private final Clock clock;

    Risks(
            RiskAssessmentRepository assessments,
            RiskFactors factors,
            Permissions permissions,
            @Lazy Releases releases,
            JdbcClient jdbc,
            AuditTrail audit,
            Clock clock) {
        this.assessments = assessments;
        this.factors = factors;
        this.permissions = permissions;
        this.releases = releases;
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Records answers and the level that follows from them.
     *
     * @throws Refused when an answer lies outside its bounds, or the person is no release manager
     */
    @Transactional
    public RiskAssessment assess(Release release, RiskAnswers answers, String person) {
        permissions.require(release, person, Role.RELEASE_MANAGER);
        requireOpen(release);
        bounded("impact", answers.impact());
        bounded("likelihood", answers.likelihood());
        bounded("usersImpact", answers.usersImpact());
        String before = latest(release).map(old -> old.level().name()).orElse("");
        RiskRule.Verdict verdict = RiskRule.of(answers, factors.weigh(release));
        RiskAssessment assessment =
                assessments.saveAndFlush(new RiskAssessment(release.id(), answers, verdict, person, clock.instant()));
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "risk.assess",
                release.key(),
                Map.of("level", before),
                Map.of("level", verdict.level().name(), "reasons", verdict.reasons(), "note", answers.note())));
        return assessment;
    }

    /** The assessment that counts; empty until there is one. */
    @Transactional(readOnly = true)
    public Optional<RiskAssessment> latest(Release release) {
        return assessments.findFirstByReleaseIdOrderByIdDesc(release.id().value());
    }

    /**
     * The risk as it counts now: the assessed level or, when it rose since, the one that follows now, and what people set apart from it;
     * empty until the first assessment.
     */
    @Transactional(readOnly = true)
    public Optional<RiskStanding> standing(Release release) {
        return latest(release).map(assessment -> {
            RiskRule.Verdict now = RiskRule.of(assessment.answers(), factors.weigh(release));
            RiskLevel computed = assessment.level().worse(now.level());
            List<String> reasons = new ArrayList<>(
                    now.level().compareTo(assessment.level()) >= 0 ? now.reasons() : assessment.reasons());
            Optional<RiskAdjustment> set = adjustment(release, "accepted = true");
            RiskLevel level = set.map(adjusted -> adjusted.applied(computed)).orElse(computed);
            set.filter(adjusted -> level != computed)
                    .ifPresent(adjusted -> reasons.add("Set from " + computed.label() + " to " + level.label()
                            + " by people: " + adjusted.reason()));
            return new RiskStanding(level, computed, reasons, waiting(release).or(() -> set));
        });
    }

    /** What every factor says now, one sentence each, before anybody answers. */
    @Transactional(readOnly = true)
    public List<String> factors(Release release) {
        return factors.weigh(release).stream()
                .map(RiskFactors.Weighed::sentence)
                .toList();
    }

    /**
     * Lets a person pass who may say that the risk is another one.
     *
     * @throws io.slipway.release.NotPermitted when the person has none of the roles
     */
    public void requireSetter(Release release, String person) {
        permissions.require(release, person, RAISERS);
    }

    /**
     * Sets the risk apart from what was computed: raises it at once, or asks a change authority to lower it.
     *
     * @throws Refused when no risk is assessed, the level is the present one, or the reason is missing
     */
    @Transactional
    public void set(Release release, RiskLevel level, String reason, String person) {
        permissions.require(release, person, RAISERS);
        requireOpen(release);
        if (reason.isBlank() || reason.length() > 2_000) {
            throw new Refused("reason", "Please say in 1 to 2000 characters why the risk is another one.");
        }
        RiskLevel present = standing(release)
                .orElseThrow(() -> new Refused("The risk of " + release.key() + " is not assessed yet."))
                .level();
        if (level == present) {
            throw new Refused("level", "The risk is " + present.label() + " already.");
        }
        boolean lowers = level.compareTo(present) < 0;
        Timestamp now = Timestamp.from(clock.instant());
        jdbc.sql("insert into risk_adjustment"
                        + " (release_id, from_level, to_level, reason, asked_by, asked_at, accepted, decided_by, decided_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        StoredIds.bytes(release),
                        present.name(),
                        level.name(),
                        reason.strip(),
                        person,
                        now,
                        lowers ? null : true,
                        lowers ? null : person,
                        lowers ? null : now)
                .update();
        audit.record(AuditTrail.Entry.of(
                release.id(),
                lowers ? "risk.askToLower" : "risk.raise",
                release.key(),
                Map.of("level", present.name()),
                Map.of("level", level.name(), "reason", reason.strip(), "person", person)));
    }

    /**
     * Decides as the second person whether the risk is lowered.
     *
     * @throws Refused when nothing waits, or the person asked for it, or requested, authored or deploys the release
     */
    @Transactional
    public void decideLowering(Release release, boolean accept, String person) {
        permissions.require(release, person, Role.CHANGE_AUTHORITY);
        requireOpen(release);
        RiskAdjustment waiting = waiting(release)
                .orElseThrow(() -> new Refused("Nobody asks to lower the risk of " + release.key() + "."));
        if (waiting.askedBy().equals(person)) {
            throw new Refused("You asked for it; a second person decides whether the risk is lowered.");
        }
        boolean concerned = release.requestedBy().equals(person)
                || List.of(Part.REQUESTER, Part.AUTHOR, Part.DEPLOYER).stream()
                        .anyMatch(part -> releases.involved(release.id(), part).contains(person));
        if (concerned) {
            throw new Refused(
                    "Whoever requested, authored or deploys " + release.key() + " does not decide on its risk.");
        }
        int changed = jdbc.sql("update risk_adjustment set accepted = ?, decided_by = ?, decided_at = ?"
                        + " where id = ? and accepted is null")
                .params(accept, person, Timestamp.from(clock.instant()), waiting.id())
                .update();
        if (changed == 0) {
            throw new Refused("Somebody else has just decided this.");
        }
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "risk.decideLowering",
                release.key(),
                Map.of("level", waiting.from().name()),
                Map.of("level", waiting.to().name(), "accepted", accept, "person", person)));
    }

    /** What was asked last, if it waits for a second person. */
    private Optional<RiskAdjustment> waiting(Release release) {
        return adjustment(release, "1 = 1").filter(RiskAdjustment::waits);
    }

    private Optional<RiskAdjustment> adjustment(Release release, String which) {
        return jdbc.sql(
                        "select id, from_level, to_level, reason, asked_by, asked_at, accepted, decided_by from risk_adjustment"
                                + " where release_id = ? and " + which + " order by id desc limit 1")
                .param(StoredIds.bytes(release))
                .query((row, number) -> new RiskAdjustment(
                        row.getLong(1),
                        RiskLevel.valueOf(row.getString(2)),
                        RiskLevel.valueOf(row.getString(3)),
                        row.getString(4),
                        row.getString(5),
                        row.getTimestamp(6).toInstant(),
                        Optional.ofNullable(row.getObject(7, Boolean.class)),
                        Optional.ofNullable(row.getString(8))))
                .optional();
    }

    /** What was signed at the end of a release stays as it was signed. */
    private static void requireOpen(Release release) {
        if (release.state().ended()) {
            throw new Refused(release.key() + " has ended; the risk that was signed stays as it is.");
        }
    }

    private static void bounded(String field, Optional<Integer> answer) {
        if (answer.filter(value -> value < 1 || value > 3).isPresent()) {
            throw new Refused(field, "'" + field + "' must be a whole number from 1 to 3.");
        }
    }
}
