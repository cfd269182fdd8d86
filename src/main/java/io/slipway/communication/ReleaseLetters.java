package io.slipway.communication;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.platform.data.Canonical;
import io.slipway.release.ApprovalPart;
import io.slipway.release.Contributions;
import io.slipway.release.Release;
import io.slipway.release.ReleaseClass;
import io.slipway.release.ReleaseId;
import io.slipway.release.ReleaseOutcome;
import io.slipway.release.ReleaseState;
import io.slipway.release.Releases;
import io.slipway.release.Role;
import io.slipway.release.StoredIds;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Renders the one record of a release for each audience: the first time whole, then only what differs from what that audience was
 * told last.
 */
@Service
class ReleaseLetters {

    private static final String PREFIX = "release.";

    private final JdbcClient jdbc;
    private final Releases releases;
    private final Contributions contributions;
    private final KnownIssues issues;
    private final Recipients recipients;
    private final CommunicationSettings settings;
    private final Clock clock;

    ReleaseLetters(
            JdbcClient jdbc,
            Releases releases,
            @Lazy Contributions contributions,
            KnownIssues issues,
            Recipients recipients,
            CommunicationSettings settings,
            Clock clock) {
        this.jdbc = jdbc;
        this.releases = releases;
        this.contributions = contributions;
        this.issues = issues;
        this.recipients = recipients;
        this.settings = settings;
        this.clock = clock;
    }

    /** What is about to be sent, for whoever it is. */
    interface Draft {

        /** The letter for a person who is a recipient because of these groups. */
        Letter letterFor(String person, Set<String> groups);

        /** Whether receipts are asked for. */
        boolean acknowledgeable();

        /** Remembers what was told, in the transaction that addresses it. */
        void sent();
    }

    /** Prepares a notice; one that is about a moment of a release carries its record. To be called outside of a transaction. */
    Draft draft(String kind, Optional<ReleaseId> id, Letter letter) {
        if (id.isEmpty() || !kind.startsWith(PREFIX)) {
            return new Same(letter);
        }
        Release release = releases.get(id.get());
        Map<String, List<Letter.Line>> record = record(release);
        if (kind.equals(PREFIX + "rolledBack") && release.state() == ReleaseState.ROLLING_BACK) {
            // It is done; only what follows from it is still to be decided.
            put(record, "state", "State", "Rolled back");
        }
        return new PerPerson(
                release,
                letter,
                record,
                settings.acknowledgement().moments().contains(kind.substring(PREFIX.length())));
    }

    /** The lines of the record by name, each with its label; what is not known yet is not in it. */
    Map<String, List<Letter.Line>> record(Release release) {
        Map<String, List<Letter.Line>> record = new LinkedHashMap<>();
        put(record, "title", "Release", release.title());
        put(record, "system", "System", release.system());
        put(record, "version", "Version", release.version());
        put(
                record,
                "class",
                "Class",
                release.releaseClass().map(ReleaseClass::label).orElse(""));
        put(record, "state", "State", release.state().label());
        put(
                record,
                "outcome",
                "Outcome",
                release.outcome().map(ReleaseOutcome::label).orElse(""));
        put(
                record,
                "window",
                "Window",
                release.windowStart().isPresent() && release.windowEnd().isPresent()
                        ? release.windowStart().get() + "/"
                                + release.windowEnd().get()
                        : "");
        for (Map.Entry<String, ApprovalPart.Content> part :
                contributions.tellable(release).entrySet()) {
            if (!part.getKey().equals("window")) {
                String name = part.getKey();
                put(
                        record,
                        name,
                        Character.toUpperCase(name.charAt(0)) + name.substring(1),
                        part.getValue().summary());
            }
        }
        List<Letter.Line> known = issues.of(release).stream()
                .filter(issue -> issue.resolvedAt().isEmpty())
                .map(issue -> new Letter.Line(
                        "Known issue " + issue.id() + ": " + issue.title(),
                        issue.effect() + " Workaround: " + issue.workaround()))
                .toList();
        record.put("issues", known);
        return record;
    }

    private static void put(Map<String, List<Letter.Line>> record, String name, String label, String value) {
        record.put(name, value.isBlank() ? List.of() : List.of(new Letter.Line(label, value)));
    }

    /** What an audience reads of the record. */
    List<Letter.Line> linesOf(String audience, Map<String, List<Letter.Line>> record) {
        CommunicationSettings.AudienceSettings reads = settings.audiences().get(audience);
        return reads == null
                ? List.of()
                : reads.tells().stream()
                        .flatMap(name -> record.getOrDefault(name, List.of()).stream())
                        .toList();
    }

    /** Audiences by name, in their order, with whether anything is new to somebody of them. */
    Map<String, Boolean> news(Release release) {
        Map<String, List<Letter.Line>> record = record(release);
        Map<String, Told> told = told(release);
        Map<String, Boolean> news = new LinkedHashMap<>();
        settings.audiences().keySet().forEach(audience -> news.put(audience, false));
        Set<String> groups = settings.audiences().values().stream()
                .flatMap(audience -> audience.roles().stream())
                .map(role -> Role.ofGroup(role).orElseThrow().groupFor(release.system()))
                .collect(Collectors.toUnmodifiableSet());
        recipients.of(groups, List.of()).forEach((person, held) -> audienceOf(held)
                .ifPresent(audience -> {
                    if (!new Told(audience, asMap(linesOf(audience, record))).equals(told.get(person.id()))) {
                        news.put(audience, true);
                    }
                }));
        return news;
    }

    /** The first audience that one of the groups belongs to. */
    private Optional<String> audienceOf(Set<String> groups) {
        Set<String> roles = new LinkedHashSet<>();
        groups.forEach(group -> roles.add(group.contains("@") ? group.substring(0, group.indexOf('@')) : group));
        return settings.audiences().entrySet().stream()
                .filter(audience -> audience.getValue().roles().stream().anyMatch(roles::contains))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** What a person was last told, and as whom. */
    private record Told(String audience, Map<String, String> lines) {}

    private Map<String, Told> told(Release release) {
        Map<String, Told> told = new HashMap<>();
        jdbc.sql("select person_id, audience, content from release_record_told_to where release_id = ?")
                .param(StoredIds.bytes(release))
                .query((row, index) -> Map.entry(row.getString(1), new Told(row.getString(2), asMap(row.getString(3)))))
                .list()
                .forEach(entry -> told.put(entry.getKey(), entry.getValue()));
        return told;
    }

    private static Map<String, String> asMap(String content) {
        Map<String, String> lines = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> line : Canonical.read(content).properties()) {
            lines.put(line.getKey(), line.getValue().asText());
        }
        return lines;
    }

    private static Map<String, String> asMap(List<Letter.Line> lines) {
        Map<String, String> map = new LinkedHashMap<>();
        lines.forEach(line -> map.put(line.label(), line.value()));
        return map;
    }

    /** What is new in the lines, and what is gone from them. */
    static List<Letter.Line> differences(Map<String, String> before, List<Letter.Line> now) {
        List<Letter.Line> differences = new ArrayList<>();
        Map<String, String> left = new LinkedHashMap<>(before);
        for (Letter.Line line : now) {
            String was = left.remove(line.label());
            if (was == null) {
                differences.add(new Letter.Line("New: " + line.label(), line.value()));
            } else if (!was.equals(line.value())) {
                differences.add(new Letter.Line(line.label() + " was", was));
                differences.add(new Letter.Line(line.label() + " is now", line.value()));
            }
        }
        left.forEach((label, value) -> differences.add(new Letter.Line("No longer: " + label, value)));
        return differences;
    }

    private record Same(Letter letter) implements Draft {

        @Override
        public Letter letterFor(String person, Set<String> groups) {
            return letter;
        }

        @Override
        public boolean acknowledgeable() {
            return false;
        }

        @Override
        public void sent() {
            // Nothing of a release was told.
        }
    }

    private final class PerPerson implements Draft {

        private final Release release;
        private final Letter letter;
        private final Map<String, List<Letter.Line>> record;
        private final Map<String, Told> before;
        private final boolean acknowledgeable;
        private final Map<String, String> reached = new LinkedHashMap<>();

        PerPerson(Release release, Letter letter, Map<String, List<Letter.Line>> record, boolean acknowledgeable) {
            this.release = release;
            this.letter = letter;
            this.record = record;
            this.before = told(release);
            this.acknowledgeable = acknowledgeable;
        }

        @Override
        public Letter letterFor(String person, Set<String> groups) {
            return audienceOf(groups).map(audience -> written(person, audience)).orElse(letter);
        }

        /** Whoever was told nothing yet, or was told it as somebody else, reads all of it. */
        private Letter written(String person, String audience) {
            reached.put(person, audience);
            List<Letter.Line> lines = linesOf(audience, record);
            Optional<Map<String, String>> known = Optional.ofNullable(before.get(person))
                    .filter(told -> told.audience().equals(audience))
                    .map(Told::lines);
            List<Letter.Line> differences =
                    known.map(told -> differences(told, lines)).orElse(lines);
            String title = known.isEmpty() ? "The release" : "Changed since you were last told";
            return letter.with(
                    audience, differences.isEmpty() ? List.of() : List.of(new Letter.Section(title, differences)));
        }

        @Override
        public boolean acknowledgeable() {
            return acknowledgeable;
        }

        @Override
        public void sent() {
            reached.forEach((person, audience) -> {
                jdbc.sql("delete from release_record_told_to where release_id = ? and person_id = ?")
                        .params(StoredIds.bytes(release), person)
                        .update();
                jdbc.sql("insert into release_record_told_to (release_id, person_id, audience, content, told_at)"
                                + " values (?, ?, ?, ?, ?)")
                        .params(
                                StoredIds.bytes(release),
                                person,
                                audience,
                                Canonical.json(asMap(linesOf(audience, record))),
                                Columns.at(clock.instant()))
                        .update();
            });
        }
    }
}
