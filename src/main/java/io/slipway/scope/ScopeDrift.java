package io.slipway.scope;

import io.slipway.integration.sources.Sources;
import io.slipway.integration.sources.SourcesRefused;
import io.slipway.integration.sources.SourcesUnavailable;
import io.slipway.platform.text.Beginning;
import io.slipway.release.Release;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Compares what was committed with what is in the scope: between the tag of the version that was delivered last and the tag of this
 * one, or the branch while there is none. As tags stay, it stays as it is once the release is closed. It reads the repository each time; {@link DriftBook} keeps what it found.
 */
@Service
public class ScopeDrift {

    private static final Logger LOG = LoggerFactory.getLogger(ScopeDrift.class);
    private static final int MOST_COMMITS = 2_000;
    private static final int LISTED = 200;
    private static final Pattern KEY =
            Pattern.compile("(?<![A-Za-z0-9])[A-Z][A-Z0-9]{1,20}-[0-9]{1,9}(?![A-Za-z0-9-])");

    private final Sources sources;
    private final Scopes scopes;
    private final JdbcClient jdbc;
    private final String branch;

    ScopeDrift(Sources sources, Scopes scopes, JdbcClient jdbc, DriftSettings settings) {
        this.sources = sources;
        this.scopes = scopes;
        this.jdbc = jdbc;
        this.branch = settings.branch();
    }

    /**
     * A commit that the scope does not explain.
     *
     * @param commit its id
     * @param items keys that it names; none of them is in
     */
    public record Unplanned(String commit, String subject, String author, List<String> items) {}

    /**
     * What differs.
     *
     * @param known whether it could be computed; otherwise the note says why not
     * @param since the revision from which commits count
     * @param until the revision until which they do
     * @param commits how many there are
     * @param unplanned commits whose items are not in the scope, or that name none; the first two hundred
     * @param missing keys of items that are in and that no commit names
     * @param note what to know about it; may be empty
     */
    public record Difference(
            boolean known,
            String since,
            String until,
            int commits,
            List<Unplanned> unplanned,
            List<String> missing,
            String note) {

        static Difference unknown(String note) {
            return new Difference(false, "", "", 0, List.of(), List.of(), note);
        }
    }

    /**
     * Computes what differs.
     *
     * @param since a revision instead of the version that was delivered last; may be empty
     * @param until a revision instead of the version of the release; may be empty
     */
    @Transactional(readOnly = true)
    public Difference of(Release release, Optional<String> since, Optional<String> until) {
        if (!sources.has(release.system())) {
            return Difference.unknown("No repository is known for " + release.system() + ".");
        }
        try {
            Optional<String> from = since.or(() -> delivered(release).flatMap(version -> tag(release, version)));
            String to = until.or(() -> tag(release, release.version())).orElse(branch);
            List<Sources.Commit> commits = from.map(
                            revision -> sources.between(release.system(), revision, to, MOST_COMMITS))
                    .orElseGet(() -> sources.history(release.system(), to, MOST_COMMITS));
            return difference(scopes.items(release), commits, from.orElse("the beginning"), to);
        } catch (SourcesRefused | SourcesUnavailable e) {
            return Difference.unknown(String.valueOf(e.getMessage()));
        }
    }

    static Difference difference(List<ScopeItem> items, List<Sources.Commit> commits, String since, String until) {
        Set<String> in = items.stream()
                .filter(ScopeItem::included)
                .map(ScopeItem::key)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Set<String> all = items.stream().map(ScopeItem::key).collect(Collectors.toSet());
        Set<String> missing = new LinkedHashSet<>(in);
        List<Unplanned> unplanned = new ArrayList<>();
        for (Sources.Commit commit : commits) {
            Set<String> named = named(commit.message(), all);
            missing.removeAll(named);
            if (named.stream().noneMatch(in::contains)) {
                unplanned.add(new Unplanned(
                        commit.id(), shortened(commit.subject()), shortened(commit.author()), List.copyOf(named)));
            }
        }
        return new Difference(
                true,
                since,
                until,
                commits.size(),
                unplanned.stream().limit(LISTED).toList(),
                List.copyOf(missing),
                commits.size() >= MOST_COMMITS
                        ? "Only the newest " + MOST_COMMITS + " commits were read."
                        : unplanned.size() > LISTED ? "and " + (unplanned.size() - LISTED) + " more" : "");
    }

    /** Keys that a message names: those of the scope, however they are written, and what looks like one. */
    private static Set<String> named(String message, Set<String> known) {
        Set<String> named = new LinkedHashSet<>();
        Matcher matcher = KEY.matcher(message);
        while (matcher.find()) {
            named.add(matcher.group());
        }
        for (String word : message.split("[^A-Za-z0-9._#/-]+", -1)) {
            String key = word.replaceFirst("[._#/-]+$", "");
            if (known.contains(key)) {
                named.add(key);
            }
        }
        return named;
    }

    private static String shortened(String text) {
        return Beginning.marked(text, 200);
    }

    private Optional<String> tag(Release release, String version) {
        for (String revision : List.of("v" + version, version)) {
            try {
                sources.resolve(release.system(), revision);
                return Optional.of(revision);
            } catch (SourcesRefused e) {
                LOG.debug(
                        "{} has no tag {}; the other way to write it is tried, and then the branch",
                        release.system(),
                        revision);
            }
        }
        return Optional.empty();
    }

    private Optional<String> delivered(Release release) {
        // Backwards through the releases of the system that have ended; the lower bound leaves out those that have not.
        return jdbc.sql("select version from slipway_release use index (slipway_release_ended) where system_key = ?"
                        + " and ended_at > timestamp '1970-01-01 00:00:00'"
                        + " and outcome in ('SUCCESSFUL', 'SUCCESSFUL_WITH_ISSUES') and requested_at < ?"
                        + " order by system_key desc, ended_at desc limit 1")
                .params(release.system(), Bytes.moment(release.requestedAt()))
                .query(String.class)
                .optional();
    }
}
