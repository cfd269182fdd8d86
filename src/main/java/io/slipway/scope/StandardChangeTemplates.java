package io.slipway.scope;

import io.slipway.platform.data.ListTotal;
import io.slipway.release.AuditTrail;
import io.slipway.release.Landscape;
import io.slipway.release.NotFound;
import io.slipway.release.OneLine;
import io.slipway.release.Permissions;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseClass;
import io.slipway.release.ReleaseOutcome;
import io.slipway.release.ReleaseState;
import io.slipway.release.ReleaseStateChanged;
import io.slipway.release.Role;
import io.slipway.release.StandardChanges;
import io.slipway.release.StoredIds;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.context.event.EventListener;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps templates of standard changes: a system, a plan and limits, approved once by two people, good until a day, suspended when a
 * release that kept to one failed, and then reviewed and approved anew.
 */
@Service
public class StandardChangeTemplates implements StandardChanges {

    private static final int APPROVALS = 2;
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final Pattern KEY = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

    private final JdbcClient jdbc;
    private final Scopes scopes;
    private final Landscape landscape;
    private final Permissions permissions;
    private final AuditTrail audit;
    private final Clock clock;

    StandardChangeTemplates(
            JdbcClient jdbc,
            Scopes scopes,
            Landscape landscape,
            Permissions permissions,
            AuditTrail audit,
            Clock clock) {
        this.jdbc = jdbc;
        this.scopes = scopes;
        this.landscape = landscape;
        this.permissions = permissions;
        this.audit = audit;
        this.clock = clock;
    }

    /** How a template stands. */
    public enum State {
        PROPOSED("Proposed"),
        APPROVED("Approved"),
        SUSPENDED("Suspended");

        private final String label;

        State(String label) {
            this.label = label;
        }

        /** The words that people read. */
        public String label() {
            return label;
        }
    }

    /**
     * A template.
     *
     * @param plan what is done, step by step
     * @param mostItems most items of a release
     * @param mostEffort most person days
     * @param mostRisk highest risk of an item
     * @param approvals how many people have approved it as it is
     * @param reason why it is in its state; may be empty
     * @param version counts the contents that were proposed under the key
     */
    public record Template(
            String key,
            String name,
            String system,
            String plan,
            int mostItems,
            int mostEffort,
            int mostRisk,
            Instant expiresAt,
            State state,
            String proposedBy,
            int approvals,
            String reason,
            int version) {}

    /** A template as it is proposed. */
    public record NewTemplate(
            String key,
            String name,
            String system,
            String plan,
            int mostItems,
            int mostEffort,
            int mostRisk,
            Instant expiresAt) {}

    /**
     * Proposes a template, or another content for one, which is then approved anew.
     *
     * @throws Refused when something is missing or out of its bounds
     */
    @Transactional
    public void propose(String person, NewTemplate wanted) {
        permissions.require(person, Role.RELEASE_MANAGER);
        if (!KEY.matcher(wanted.key()).matches()) {
            throw new Refused("key", "'key' has 1 to 64 small letters, digits or dashes.");
        }
        text("name", wanted.name(), 200);
        OneLine.require("name", wanted.name());
        text("plan", wanted.plan(), 2000);
        if (landscape.systems().stream().noneMatch(system -> system.key().equals(wanted.system()))) {
            throw new Refused("system", "There is no such system.");
        }
        if (wanted.mostItems() < 1
                || wanted.mostItems() > 1000
                || wanted.mostEffort() < 1
                || wanted.mostEffort() > 100_000
                || wanted.mostRisk() < 1
                || wanted.mostRisk() > 3) {
            throw new Refused(
                    "mostItems",
                    "A standard change has limits: 1 to 1000 items, 1 to 100000 person days, and a risk of 1 to 3.");
        }
        if (!wanted.expiresAt().isAfter(clock.instant())
                || wanted.expiresAt().isAfter(clock.instant().plus(LONGEST))) {
            throw new Refused("expiresAt", "A template is good for at most a year from now ('expiresAt').");
        }
        int version = find(wanted.key()).map(Template::version).orElse(0) + 1;
        jdbc.sql("delete from standard_change where template_key = ?")
                .param(wanted.key())
                .update();
        jdbc.sql(
                        "insert into standard_change (template_key, name, system_key, plan, most_items, most_effort, most_risk, expires_at, state, proposed_by, proposed_at, reason, version_no) values (?, ?, ?, ?, ?, ?, ?, ?, 'PROPOSED', ?, ?, '', ?)")
                .params(
                        wanted.key(),
                        wanted.name().strip(),
                        wanted.system(),
                        wanted.plan().strip(),
                        wanted.mostItems(),
                        wanted.mostEffort(),
                        wanted.mostRisk(),
                        Bytes.moment(wanted.expiresAt()),
                        person,
                        Bytes.moment(clock.instant()),
                        version)
                .update();
        audit.record(new AuditTrail.Entry(
                Optional.empty(),
                "scope.proposeStandardChange",
                wanted.key(),
                Map.of(),
                Map.of("name", wanted.name(), "plan", wanted.plan(), "version", version)));
    }

    /**
     * Approves a template; with the second approval it counts.
     *
     * @throws Refused when the person proposed or approved it, or it is not proposed
     */
    @Transactional
    public void approve(String person, String key) {
        permissions.require(person, Role.CHANGE_AUTHORITY, Role.CAB_MEMBER);
        Template template = known(key);
        if (template.state() != State.PROPOSED) {
            throw new Refused("key", "This template does not wait for an approval.");
        }
        if (template.proposedBy().equals(person)) {
            throw new Refused("key", "Whoever proposed a template does not approve it.");
        }
        long before = jdbc.sql(
                        "select count(*) from standard_change_approval a join standard_change t on t.template_key = a.template_key where a.template_key = ? and a.person_id = ? and a.approved_at >= t.proposed_at")
                .params(key, person)
                .query(Long.class)
                .single();
        if (before > 0) {
            throw new Refused("key", "You have approved this template; a second person does as well.");
        }
        jdbc.sql("insert into standard_change_approval (template_key, person_id, approved_at) values (?, ?, ?)")
                .params(key, person, Bytes.moment(clock.instant()))
                .update();
        if (template.approvals() + 1 >= APPROVALS) {
            enter(key, State.APPROVED, "");
        }
        audit.record(new AuditTrail.Entry(
                Optional.empty(),
                "scope.approveStandardChange",
                key,
                Map.of("approvals", template.approvals()),
                Map.of("approvals", template.approvals() + 1)));
    }

    /**
     * Suspends a template until it is proposed and approved anew.
     *
     * @throws Refused when the reason is missing
     */
    @Transactional
    public void suspend(String person, String key, String reason) {
        permissions.require(person, Role.RELEASE_MANAGER, Role.CHANGE_AUTHORITY);
        text("reason", reason, 2000);
        known(key);
        enter(key, State.SUSPENDED, reason.strip());
        audit.record(new AuditTrail.Entry(
                Optional.empty(), "scope.suspendStandardChange", key, Map.of(), Map.of("reason", reason.strip())));
    }

    /**
     * Makes a release from a template, whose approval then authorises it as long as every condition holds.
     *
     * @throws io.slipway.release.NotPermitted when the person does not manage the release
     * @throws Refused when the template is not approved, has ended or belongs to another system, or the release is beyond its approval
     */
    @Transactional
    public void use(Release release, String person, String key) {
        permissions.requireRead(release, person);
        permissions.require(release, person, Role.RELEASE_MANAGER);
        Template template = known(key);
        if (!ClassOverrides.changeable(release)) {
            throw new Refused("template", release.key() + " is beyond the point at which its approvals are decided.");
        }
        List<String> failures = standing(template, template.version(), release);
        if (!failures.isEmpty()) {
            throw new Refused("template", String.join(" ", failures));
        }
        jdbc.sql("delete from standard_change_use where release_id = ?")
                .param(StoredIds.bytes(release))
                .update();
        jdbc.sql("insert into standard_change_use (release_id, template_key, template_version, chosen_by, chosen_at)"
                        + " values (?, ?, ?, ?, ?)")
                .params(StoredIds.bytes(release), key, template.version(), person, Bytes.moment(clock.instant()))
                .update();
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "scope.useStandardChange",
                key,
                Map.of(),
                Map.of("template", key, "version", template.version())));
    }

    private List<String> standing(Template template, int version, Release release) {
        List<String> failures = new ArrayList<>();
        String name = "The standard change " + template.key();
        if (!template.system().equals(release.system())) {
            failures.add(name + " is one of another system.");
        }
        if (template.version() != version) {
            failures.add(name + " has another content since version " + version + " was chosen.");
        }
        if (template.state() != State.APPROVED) {
            failures.add(name + " is not approved: " + template.state().label().toLowerCase(Locale.ROOT)
                    + (template.reason().isEmpty() ? "" : ", " + template.reason()) + ".");
        }
        if (!template.expiresAt().isAfter(clock.instant())) {
            failures.add(name + " ended at " + template.expiresAt() + ".");
        }
        return failures;
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Claim> claim(Release release) {
        return jdbc.sql("select template_key, template_version from standard_change_use where release_id = ?")
                .param(StoredIds.bytes(release))
                .query((row, index) -> Map.entry(row.getString(1), row.getInt(2)))
                .optional()
                .map(used -> claim(release, used.getKey(), used.getValue()));
    }

    private Claim claim(Release release, String key, int version) {
        Optional<Template> present = find(key);
        if (present.isEmpty()) {
            return new Claim(
                    key,
                    version,
                    List.of(),
                    Instant.EPOCH,
                    List.of("There is no standard change " + key + " any more."));
        }
        Template template = present.get();
        List<String> failures = standing(template, version, release);
        failures.addAll(exceeded(release, template));
        return new Claim(key, version, approvedBy(key), template.expiresAt(), failures);
    }

    /** Limits that a release does not keep, one sentence each. */
    private List<String> exceeded(Release release, Template template) {
        if (release.releaseClass().filter(ReleaseClass.MINOR::equals).isEmpty()) {
            return List.of("A standard change is a minor release, and " + release.key() + " is not one.");
        }
        if (scopes.latest(release)
                .filter(round -> round.state() == ScopeRound.State.FROZEN)
                .isEmpty()) {
            return List.of("The scope of " + release.key() + " is not frozen.");
        }
        List<ScopeItem> in =
                scopes.items(release).stream().filter(ScopeItem::included).toList();
        int effort = in.stream().mapToInt(ScopeItem::effort).sum();
        int risk = in.stream().mapToInt(ScopeItem::risk).max().orElse(5);
        List<String> failures = new ArrayList<>();
        if (in.isEmpty() || in.size() > template.mostItems()) {
            failures.add("The release has " + in.size() + " items, and 1 to " + template.mostItems() + " are allowed.");
        }
        if (effort > template.mostEffort()) {
            failures.add("The release takes " + effort + " person days, and at most " + template.mostEffort()
                    + " are allowed.");
        }
        if (risk > template.mostRisk()) {
            failures.add("An item has the risk " + risk + ", and at most " + template.mostRisk() + " is allowed.");
        }
        if (in.stream().anyMatch(item -> item.breaking() || item.dataMigration())) {
            failures.add("A standard change neither breaks its users nor changes stored data.");
        }
        return failures;
    }

    private List<String> approvedBy(String key) {
        return jdbc.sql("select a.person_id from standard_change_approval a join standard_change t"
                        + " on t.template_key = a.template_key where a.template_key = ?"
                        + " and a.approved_at >= t.proposed_at order by a.approved_at")
                .param(key)
                .query(String.class)
                .list();
    }

    /** Suspends the template of a release that failed. */
    @EventListener
    @Transactional
    public void moved(ReleaseStateChanged moved) {
        Release release = moved.release();
        boolean failed = release.state() == ReleaseState.ROLLING_BACK
                || release.outcome()
                        .filter(outcome ->
                                outcome == ReleaseOutcome.ROLLED_BACK || outcome == ReleaseOutcome.UNSUCCESSFUL)
                        .isPresent();
        if (failed) {
            claim(release)
                    .map(Claim::template)
                    .or(() -> covering(release).map(Covering::template))
                    .flatMap(this::find)
                    .filter(template -> template.state() == State.APPROVED)
                    .ifPresent(template -> suspendFor(release, template));
        }
    }

    private void suspendFor(Release release, Template template) {
        enter(template.key(), State.SUSPENDED, release.key() + " failed.");
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "scope.suspendStandardChange",
                template.key(),
                Map.of("state", State.APPROVED.name()),
                Map.of("state", State.SUSPENDED.name())));
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Covering> covering(Release release) {
        if (release.releaseClass().filter(ReleaseClass.MINOR::equals).isEmpty()
                || scopes.latest(release)
                        .filter(round -> round.state() == ScopeRound.State.FROZEN)
                        .isEmpty()) {
            return Optional.empty();
        }
        List<ScopeItem> in =
                scopes.items(release).stream().filter(ScopeItem::included).toList();
        int effort = in.stream().mapToInt(ScopeItem::effort).sum();
        int risk = in.stream().mapToInt(ScopeItem::risk).max().orElse(5);
        if (in.isEmpty() || in.stream().anyMatch(item -> item.breaking() || item.dataMigration())) {
            return Optional.empty();
        }
        return jdbc
                .sql(
                        SELECT
                                + " where t.system_key = ? and t.state = 'APPROVED' and t.expires_at > ? order by t.template_key")
                .params(release.system(), Bytes.moment(clock.instant()))
                .query(StandardChangeTemplates::row)
                .list()
                .stream()
                .filter(template -> in.size() <= template.mostItems()
                        && effort <= template.mostEffort()
                        && risk <= template.mostRisk())
                .findFirst()
                .map(template -> new Covering(
                        template.key(),
                        template.name() + ": " + in.size() + " of at most " + template.mostItems() + " items, " + effort
                                + " of at most " + template.mostEffort() + " person days, risk " + risk
                                + " of at most " + template.mostRisk() + "."));
    }

    /** A page of the templates, by key. */
    @Transactional(readOnly = true)
    public Page<Template> list(Pageable page) {
        List<Template> rows = jdbc.sql(SELECT + " order by t.template_key limit ? offset ?")
                .params(page.getPageSize(), page.getOffset())
                .query(StandardChangeTemplates::row)
                .list();
        long total = jdbc.sql(ListTotal.sql("from standard_change", page))
                .query(Long.class)
                .single();
        return new PageImpl<>(rows, page, total);
    }

    /** One template. */
    @Transactional(readOnly = true)
    public Template get(String key) {
        return find(key).orElseThrow(() -> new NotFound("standard change", key));
    }

    private Template known(String key) {
        return find(key).orElseThrow(() -> new Refused("key", "There is no standard change of this key."));
    }

    private Optional<Template> find(String key) {
        return jdbc.sql(SELECT + " where t.template_key = ?")
                .param(key)
                .query(StandardChangeTemplates::row)
                .optional();
    }

    private void enter(String key, State state, String reason) {
        jdbc.sql("update standard_change set state = ?, reason = ? where template_key = ?")
                .params(state.name(), reason, key)
                .update();
    }

    private static final String SELECT = """
            select t.template_key, t.name, t.system_key, t.plan, t.most_items, t.most_effort, t.most_risk, t.expires_at,
                   t.state, t.proposed_by, t.reason, t.version_no,
                   (select count(*) from standard_change_approval a
                    where a.template_key = t.template_key and a.approved_at >= t.proposed_at) as approvals
            from standard_change t
            """;

    private static Template row(java.sql.ResultSet row, int index) throws java.sql.SQLException {
        return new Template(
                row.getString("template_key"),
                row.getString("name"),
                row.getString("system_key"),
                row.getString("plan"),
                row.getInt("most_items"),
                row.getInt("most_effort"),
                row.getInt("most_risk"),
                row.getTimestamp("expires_at").toInstant(),
                State.valueOf(row.getString("state")),
                row.getString("proposed_by"),
                row.getInt("approvals"),
                row.getString("reason"),
                row.getInt("version_no"));
    }

    private static void text(String field, String value, int longest) {
        if (value.isBlank() || value.length() > longest) {
            throw new Refused(field, "Please give '" + field + "' in 1 to " + longest + " characters.");
        }
    }
}
