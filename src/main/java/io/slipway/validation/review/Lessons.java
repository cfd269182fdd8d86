package io.slipway.validation.review;

import io.slipway.release.AuditTrail;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseClass;
import io.slipway.release.StoredIds;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What was learnt from releases. A lesson comes up again where a similar release is planned: of the same system, of the same class, or
 * with one of its tags among the words of the title.
 */
@Service
public class Lessons {

    private static final int MOST_TAGS = 10;
    private static final int LOOKED_AT = 200;
    private static final Pattern TAG = Pattern.compile("[a-z0-9][a-z0-9-]{1,39}");

    private final JdbcClient jdbc;
    private final AuditTrail audit;
    private final Clock clock;

    Lessons(JdbcClient jdbc, AuditTrail audit, Clock clock) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A lesson.
     *
     * @param release key of the release that it was learnt from
     * @param releaseClass name of a {@link ReleaseClass}; empty where it had none
     */
    public record Lesson(
            long id,
            String release,
            String system,
            String releaseClass,
            String text,
            Set<String> tags,
            Instant addedAt) {}

    /**
     * A lesson that fits a release.
     *
     * @param score how well it fits, the higher the better
     * @param why what they have in common, in words
     */
    public record Match(Lesson lesson, int score, String why) {}

    /**
     * Keeps a lesson.
     *
     * @param tags words by which it is found again, separated by blanks or commas
     * @throws Refused when text or tags are not acceptable
     */
    @Transactional
    public void add(Release release, String person, String text, String tags) {
        String kept = text.strip();
        if (kept.isEmpty() || kept.length() > 2_000) {
            throw new Refused("lesson", "Please write a lesson of 1 to 2000 characters.");
        }
        Set<String> words = tags(tags);
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("insert into lesson (release_id, release_key, system_key, release_class, content, author, added_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?)")
                .params(
                        StoredIds.bytes(release),
                        release.key(),
                        release.system(),
                        release.releaseClass().map(Enum::name).orElse(""),
                        kept,
                        person,
                        Timestamp.from(clock.instant()))
                .update(key, "id");
        long id = java.util.Objects.requireNonNull(key.getKey()).longValue();
        words.forEach(tag -> jdbc.sql("insert into lesson_tag (lesson_id, tag) values (?, ?)")
                .params(id, tag)
                .update());
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "review.addLesson",
                release.key(),
                Map.of(),
                Map.of("lesson", kept, "tags", String.join(" ", words))));
    }

    private static Set<String> tags(String text) {
        Set<String> tags = Arrays.stream(text.toLowerCase(Locale.ROOT).split("[\\s,;]+"))
                .filter(tag -> !tag.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        if (tags.size() > MOST_TAGS
                || !tags.stream().allMatch(tag -> TAG.matcher(tag).matches())) {
            throw new Refused(
                    "tags", "A lesson has at most " + MOST_TAGS + " tags of 2 to 40 letters, digits and hyphens each.");
        }
        return tags;
    }

    /** The lessons that a release taught. */
    @Transactional(readOnly = true)
    public List<Lesson> of(Release release) {
        return read("where l.release_id = :release", Map.of("release", StoredIds.bytes(release)));
    }

    /** Lessons of other releases that fit this one, the best first. */
    @Transactional(readOnly = true)
    public List<Match> similar(Release release, int most) {
        Set<String> words = Arrays.stream(
                        release.title().toLowerCase(Locale.ROOT).split("[^a-z0-9-]+"))
                .filter(word -> word.length() > 1)
                .collect(Collectors.toCollection(TreeSet::new));
        Map<String, Object> facts = new HashMap<>();
        facts.put("release", StoredIds.bytes(release));
        facts.put("system", release.system());
        facts.put("words", words.isEmpty() ? Set.of("") : words);
        List<Match> matches = new ArrayList<>();
        for (Lesson lesson : read(
                "where l.release_id <> :release and (l.system_key = :system"
                        + " or l.id in (select t.lesson_id from lesson_tag t where t.tag in (:words)))",
                facts)) {
            matches.add(match(lesson, release, words));
        }
        return matches.stream()
                .sorted(Comparator.comparingInt(Match::score)
                        .reversed()
                        .thenComparing(match -> match.lesson().id(), Comparator.reverseOrder()))
                .limit(most)
                .toList();
    }

    private static Match match(Lesson lesson, Release release, Set<String> words) {
        int score = 0;
        List<String> why = new ArrayList<>();
        if (lesson.system().equals(release.system())) {
            score += 3;
            why.add("the same system");
        }
        if (release.releaseClass()
                .map(Enum::name)
                .filter(lesson.releaseClass()::equals)
                .isPresent()) {
            score += 1;
            why.add("the same class");
        }
        Set<String> shared = new TreeSet<>(lesson.tags());
        shared.retainAll(words);
        if (!shared.isEmpty()) {
            score += 2 * shared.size();
            why.add("about " + String.join(", ", shared));
        }
        return new Match(lesson, score, String.join("; ", why));
    }

    private List<Lesson> read(String where, Map<String, Object> facts) {
        Map<Long, Lesson> lessons = new java.util.LinkedHashMap<>();
        jdbc.sql("select l.id, l.release_key, l.system_key, l.release_class, l.content, l.added_at, t.tag from"
                        + " (select l.* from lesson l " + where + " order by l.id desc limit " + LOOKED_AT + ") l"
                        + " left join lesson_tag t on t.lesson_id = l.id order by l.id desc, t.tag")
                .params(facts)
                .query(row -> {
                    Lesson lesson = lessons.get(row.getLong(1));
                    if (lesson == null) {
                        lesson = new Lesson(
                                row.getLong(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5),
                                new TreeSet<>(),
                                row.getTimestamp(6).toInstant());
                        lessons.put(lesson.id(), lesson);
                    }
                    String tag = row.getString(7);
                    if (tag != null) {
                        lesson.tags().add(tag);
                    }
                });
        return List.copyOf(lessons.values());
    }
}
