package io.slipway.governance.compliance;

import io.slipway.governance.AuditEntry;
import io.slipway.governance.AuditFilter;
import io.slipway.governance.AuditSearch;
import io.slipway.platform.process.EngineAccess;
import io.slipway.platform.security.People;
import io.slipway.platform.security.Person;
import io.slipway.release.AuditTrail;
import io.slipway.release.NotFound;
import io.slipway.release.Permissions;
import io.slipway.release.PersonalData;
import io.slipway.release.PersonalData.Kept;
import io.slipway.release.PersonalPlace;
import io.slipway.release.Refused;
import io.slipway.release.Role;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What people may ask about their own data (GDPR): a copy, and erasure. The audit trail names people by opaque ids only and stays as it is;
 * what is behind an id is erased, unless the person requested, approved or deployed something, or was party of a waiver, whose identity is
 * kept until retention ends. One administrator asks, a second carries it out.
 */
@Service
public class Privacy {

    private final JdbcClient jdbc;
    private final People people;
    private final Permissions permissions;
    private final EngineAccess access;
    private final AuditSearch search;
    private final AuditTrail audit;
    private final ObjectProvider<PersonalData> more;
    private final Settings settings;
    private final Clock clock;

    Privacy(
            JdbcClient jdbc,
            People people,
            Permissions permissions,
            EngineAccess access,
            AuditSearch search,
            AuditTrail audit,
            ObjectProvider<PersonalData> more,
            Settings settings,
            Clock clock) {
        this.jdbc = jdbc;
        this.people = people;
        this.permissions = permissions;
        this.access = access;
        this.search = search;
        this.audit = audit;
        this.more = more;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * How long identities are kept.
     *
     * @param retention of those who requested, approved, deployed, or were party of a waiver, from the last time that they did
     */
    @ConfigurationProperties("slipway.governance.privacy")
    public record Settings(@DefaultValue("P7Y") Period retention) {}

    /**
     * An erasure that was asked for.
     *
     * @param erased empty while a second person has not decided
     */
    public record Request(
            long id, String person, String askedBy, Instant askedAt, String reason, Optional<Boolean> erased) {}

    /** What is kept about a person beside the audit trail: the account, its roles, and what the phases keep. */
    @Transactional
    public Map<String, Object> copy(String login, String by) {
        permissions.require(by, Role.ADMIN);
        Person person = known(login);
        Map<String, Object> copy = new LinkedHashMap<>();
        copy.put("id", person.id());
        copy.put("login", person.state() == Person.State.ERASED ? "[erased]" : person.login());
        copy.put("name", people.name(person.id()));
        copy.put("mail", person.mail().orElse(""));
        copy.put("state", person.state().name());
        copy.put("createdAt", person.createdAt().toString());
        copy.put("groups", access.groupsOf(person.id()));
        more.orderedStream().forEach(data -> copy.put(data.name(), data.of(person.id())));
        copy.put("keptAfterErasure", keptAfterErasure());
        audit.record(new AuditTrail.Entry(
                Optional.empty(), "privacy.export", person.id(), Map.of(), Map.of("person", person.id(), "by", by)));
        return copy;
    }

    /** Places of which something stays after an erasure, each with the reason. */
    public List<Map<String, String>> keptAfterErasure() {
        return more.orderedStream()
                .flatMap(data -> data.places().stream()
                        .filter(place -> place.treatment() != PersonalPlace.Treatment.DELETED)
                        .map(place -> Map.of(
                                "module", data.name(),
                                "table", place.table(),
                                "treatment", place.treatment().name(),
                                "reason", place.reason())))
                .toList();
    }

    /** Gives every entry of the audit trail that the person made, the newest first, a bounded number in memory at a time. */
    @Transactional
    public void entries(String login, String by, Consumer<AuditEntry> each) {
        permissions.require(by, Role.ADMIN);
        search.export(new AuditFilter("", "", known(login).id(), "", "", ""), by, "privacy", each);
    }

    /**
     * Asks for the erasure of a person's data.
     *
     * @throws Refused with date and ground when something must be kept
     */
    @Transactional(noRollbackFor = Refused.class)
    public void ask(String login, String reason, String by) {
        permissions.require(by, Role.ADMIN);
        Person person = known(login);
        if (reason.isBlank() || reason.length() > 2_000) {
            throw new Refused("reason", "Please say in 1 to 2000 characters who asked for it.");
        }
        if (person.state() == Person.State.ERASED) {
            throw new Refused("person", "The data of this person are erased already.");
        }
        refuseWhatIsKept(person, by);
        if (waiting(person.id()).isPresent()) {
            throw new Refused("person", "Erasure is asked for already; another administrator carries it out.");
        }
        jdbc.sql("insert into erasure_request (person_id, asked_by, asked_at, reason) values (?, ?, ?, ?)")
                .params(person.id(), by, Timestamp.from(clock.instant()), reason.strip())
                .update();
        audit.record(new AuditTrail.Entry(
                Optional.empty(),
                "privacy.askErasure",
                person.id(),
                Map.of(),
                Map.of("person", person.id(), "by", by, "reason", reason.strip())));
    }

    /**
     * Carries out, as the second administrator, what another asked for: closes the account, and erases name, login and address and what the
     * phases keep.
     *
     * @throws Refused when nobody asked, the same person did, or something must be kept
     */
    @Transactional(noRollbackFor = Refused.class)
    public void carryOut(String login, String by) {
        permissions.require(by, Role.ADMIN);
        Person person = known(login);
        Request request = waiting(person.id())
                .orElseThrow(() -> new Refused("person", "Nobody asks for the erasure of this person's data."));
        if (request.askedBy().equals(by)) {
            throw new Refused("You asked for it; another administrator carries it out.");
        }
        refuseWhatIsKept(person, by);
        people.deactivate(person.id());
        more.orderedStream().forEach(data -> data.erase(person.id()));
        people.erase(person.id());
        jdbc.sql("update erasure_request set decided_by = ?, decided_at = ?, erased = true where id = ?")
                .params(by, Timestamp.from(clock.instant()), request.id())
                .update();
        audit.record(new AuditTrail.Entry(
                Optional.empty(),
                "privacy.erase",
                person.id(),
                Map.of("erased", false),
                Map.of("erased", true, "person", person.id(), "askedBy", request.askedBy(), "by", by)));
    }

    private void refuseWhatIsKept(Person person, String by) {
        kept(person.id()).ifPresent(kept -> {
            String day = kept.until().atOffset(ZoneOffset.UTC).toLocalDate().toString();
            audit.record(new AuditTrail.Entry(
                    Optional.empty(),
                    "privacy.refuseErasure",
                    person.id(),
                    Map.of(),
                    Map.of("person", person.id(), "by", by, "until", day, "ground", kept.ground())));
            throw new Refused("The identity of this person is kept until " + day + ", because the person "
                    + kept.ground() + " (Art. 17(3)(b) GDPR: retention of records that law asks for).");
        });
    }

    /** What stands longest against erasure. */
    private Optional<Kept> kept(String person) {
        List<Kept> all = new ArrayList<>();
        last(
                        "select max(since) from release_involvement where person_id = ?",
                        person,
                        "requested, authored, approved or deployed a release")
                .ifPresent(all::add);
        last("select max(decided_at) from approval_decision where person_id = ?", person, "decided on a change")
                .ifPresent(all::add);
        last(
                        "select max(opened_at) from obligation where kind in ('WAIVER', 'EXEMPTION') and ? in (beneficiary, fulfilled_by)",
                        person,
                        "was party of a waiver")
                .ifPresent(all::add);
        last(
                        "select max(occurred_at) from audit_entry where actor = ? and action = 'step.decide' and"
                                + " (subject like '%aiver%' or subject like '%xemption%')",
                        person, "was party of a waiver")
                .ifPresent(all::add);
        decided(person).ifPresent(all::add);
        unfinished(person).ifPresent(all::add);
        more.orderedStream().flatMap(data -> data.keptUntil(person).stream()).forEach(all::add);
        Instant now = clock.instant();
        return all.stream().filter(kept -> kept.until().isAfter(now)).max(java.util.Comparator.comparing(Kept::until));
    }

    /** What the person granted, approved, signed or asked for stands, and so does who did it. */
    private Optional<Kept> decided(String person) {
        return jdbc
                .sql("select occurred_at from audit_entry where actor = :person and action in (:actions)"
                        + " order by seq desc limit 1")
                .param("person", person)
                .param("actions", Decisions.ACTIONS)
                .query(Timestamp.class)
                .list()
                .stream()
                .map(moment -> retained(moment.toInstant(), "took a decision that stands"))
                .findFirst();
    }

    /** Whoever did something to a release that has not ended may be asked about it; retention has not even begun. */
    private Optional<Kept> unfinished(String person) {
        return jdbc
                .sql(
                        "select r.release_key from audit_entry e join slipway_release r on r.id = e.release_id"
                                + " where e.actor = ? and e.action not in ('access.deny', 'release.comment') and r.ended_at is null limit 1")
                .param(person)
                .query(String.class)
                .list()
                .stream()
                .map(release -> retained(clock.instant(), "has a part in " + release + ", which is not closed"))
                .findFirst();
    }

    private Kept retained(Instant since, String ground) {
        return new Kept(
                since.atOffset(ZoneOffset.UTC).plus(settings.retention()).toInstant(), ground);
    }

    private Optional<Kept> last(String sql, String person, String ground) {
        return jdbc
                .sql(sql)
                .param(person)
                .query((row, number) -> Optional.ofNullable(row.getTimestamp(1)))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .map(moment -> new Kept(
                        moment.toInstant()
                                .atOffset(ZoneOffset.UTC)
                                .plus(settings.retention())
                                .toInstant(),
                        ground))
                .findFirst();
    }

    /** What waits for a second administrator, oldest first; at most a hundred. */
    @Transactional(readOnly = true)
    public List<Request> waiting() {
        return jdbc.sql(REQUESTS + " where decided_at is null order by id limit 100")
                .query(Privacy::request)
                .list();
    }

    private static final String REQUESTS =
            "select id, person_id, asked_by, asked_at, reason, erased from erasure_request";

    private Optional<Request> waiting(String person) {
        return jdbc
                .sql(REQUESTS + " where person_id = ? and decided_at is null order by id limit 1")
                .param(person)
                .query(Privacy::request)
                .list()
                .stream()
                .findFirst();
    }

    private static Request request(java.sql.ResultSet row, int number) throws java.sql.SQLException {
        return new Request(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getTimestamp(4).toInstant(),
                row.getString(5),
                Optional.ofNullable(row.getObject(6, Boolean.class)));
    }

    private Person known(String login) {
        return people.findByLogin(login).or(() -> people.find(login)).orElseThrow(() -> new NotFound("person", login));
    }
}
