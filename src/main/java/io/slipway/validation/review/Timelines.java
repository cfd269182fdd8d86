package io.slipway.validation.review;

import io.slipway.platform.process.ProcessRecords;
import io.slipway.platform.text.Beginning;
import io.slipway.release.AuditedHistory;
import io.slipway.release.AuditedHistory.Change;
import io.slipway.release.Permissions;
import io.slipway.release.Release;
import io.slipway.release.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Component;

/**
 * Assembles the timeline of a release from what audit trail and processes recorded. People appear by their role: a review asks for
 * circumstances. At most two thousand entries are told, the first ones.
 */
@Component
class Timelines {

    private static final int PAGE = 200;
    private static final int PAGES = 5;

    /** How the ids of people look; no fact of a timeline names a person. */
    private static final Pattern PERSON = Pattern.compile("p[a-z2-7]{20}");

    private static final Set<String> TOLD =
            Set.of("userTask", "boundaryError", "boundaryMessage", "boundaryTimer", "errorEndEvent", "callActivity");

    private static final Set<String> FACTS = Set.of("state", "outcome", "verdict", "decision", "passed", "failure");

    private final AuditedHistory history;
    private final ProcessRecords records;
    private final Permissions permissions;

    Timelines(AuditedHistory history, ProcessRecords records, Permissions permissions) {
        this.history = history;
        this.records = records;
        this.permissions = permissions;
    }

    List<TimelineEntry> assemble(Release release) {
        Map<String, String> roles = new HashMap<>();
        List<TimelineEntry> entries = new ArrayList<>();
        for (int number = 0; number < PAGES; number++) {
            Page<Change> page = history.of(release.id(), PageRequest.of(number, PAGE));
            page.forEach(change -> entries.add(new TimelineEntry(
                    change.at(), words(change), roles.computeIfAbsent(change.actor(), this::role), "Audit trail")));
            if (!page.hasNext()) {
                break;
            }
        }
        release.processInstanceId().ifPresent(root -> {
            for (int number = 0; number < PAGES; number++) {
                Page<ProcessRecords.Step> page = records.steps(root, PageRequest.of(number, PAGE), false);
                page.stream()
                        .filter(step -> TOLD.contains(step.type()))
                        .forEach(step -> entries.add(new TimelineEntry(
                                step.start(),
                                words(step),
                                roles.computeIfAbsent(String.valueOf(step.person()), this::role),
                                "Process")));
                if (!page.hasNext()) {
                    break;
                }
            }
        });
        entries.sort(Comparator.comparing(TimelineEntry::at));
        return entries;
    }

    private String role(@Nullable String person) {
        if (person == null || !PERSON.matcher(person).matches()) {
            return "Slipway";
        }
        Set<String> groups = permissions.reader(person).groups();
        for (Role role : Role.values()) {
            if (groups.stream().anyMatch(group -> group.equals(role.group()) || group.startsWith(role.group() + "@"))) {
                return role.label();
            }
        }
        return "Somebody";
    }

    /** {@code quality.recordVerdict} becomes "Quality: record verdict". */
    static String words(Change change) {
        int dot = change.action().indexOf('.');
        String module = dot < 0 ? "" : change.action().substring(0, dot);
        String verb = change.action()
                .substring(dot + 1)
                .replaceAll("([A-Z])", " $1")
                .toLowerCase(Locale.ROOT)
                .strip();
        StringBuilder words = new StringBuilder();
        if (!module.isEmpty()) {
            words.append(module.substring(0, 1).toUpperCase(Locale.ROOT))
                    .append(module.substring(1))
                    .append(": ");
        }
        words.append(verb).append(", ").append(PERSON.matcher(change.subject()).replaceAll("somebody"));
        change.after().entrySet().stream()
                .filter(fact ->
                        FACTS.contains(fact.getKey()) && !fact.getValue().isBlank())
                .sorted(Map.Entry.comparingByKey())
                .forEach(fact -> words.append(", ")
                        .append(fact.getKey())
                        .append(' ')
                        .append(PERSON.matcher(fact.getValue()).replaceAll("somebody")));
        return shortened(words.toString());
    }

    private static String words(ProcessRecords.Step step) {
        return shortened(step.process() + ": " + step.name() + (step.canceled() ? ", broken off" : ""));
    }

    private static String shortened(String words) {
        return Beginning.marked(words, 300);
    }
}
