package io.slipway.packaging.versions;

import io.slipway.packaging.HandedInFile;
import io.slipway.packaging.PackageCheck;
import io.slipway.packaging.PackageObstacle;
import io.slipway.release.Landscape;
import io.slipway.release.LiveSystems;
import io.slipway.release.NotFound;
import io.slipway.release.Reader;
import io.slipway.release.Release;
import io.slipway.release.ReleaseDesk;
import io.slipway.release.ReleaseFilter;
import io.slipway.release.Releases;
import io.slipway.release.ScopeFacts;
import io.slipway.release.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Lazy;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Service;

/**
 * Holds versions to what they say: whoever has to adapt to a release finds a new major version. What counts as the version before is
 * the one that customers use in production when the release is packaged.
 */
@Service
public class Versions implements PackageCheck, PackageObstacle {

    private static final int MOST_NAMED = 5;
    private static final int MOST_TAKEN = 1_000;

    private final ScopeFacts scopes;
    private final LiveSystems live;
    private final Landscape landscape;
    private final Releases releases;
    private final ReleaseDesk desk;

    Versions(
            @Lazy ScopeFacts scopes,
            @Lazy LiveSystems live,
            Landscape landscape,
            @Lazy Releases releases,
            @Lazy ReleaseDesk desk) {
        this.scopes = scopes;
        this.live = live;
        this.landscape = landscape;
        this.releases = releases;
        this.desk = desk;
    }

    /**
     * Versions that a system could get next; those that are taken are passed over.
     *
     * @param present version in production; empty before the first
     */
    public record Next(String system, Optional<String> present, String patch, String minor, String major) {}

    /**
     * A version and where it ran.
     *
     * @param stays environments in which it was ever live
     */
    public record Trace(Release release, List<LiveSystems.Stay> stays) {

        /** Copies the list. */
        public Trace {
            stays = List.copyOf(stays);
        }
    }

    /**
     * Proposes versions.
     *
     * @throws NotFound when there is no such system
     */
    public Next next(String system) {
        landscape.system(system);
        Optional<Version> present = present(system);
        Version from = present.orElseGet(() -> Version.read("0.0.0").orElseThrow());
        return new Next(
                system,
                present.map(Version::toString),
                free(system, from, Version.Bump.PATCH),
                free(system, from, Version.Bump.MINOR),
                free(system, from, Version.Bump.MAJOR));
    }

    private String free(String system, Version from, Version.Bump bump) {
        Version next = from.next(bump);
        for (int tries = 0;
                tries < MOST_TAKEN && releases.find(system + "-" + next).isPresent();
                tries++) {
            next = next.next(bump);
        }
        return next.toString();
    }

    private Optional<Version> present(String system) {
        try {
            return live.of(system, landscape.production(system).key()).flatMap(found -> Version.read(found.version()));
        } catch (NotFound noProduction) {
            return Optional.empty();
        }
    }

    /** Versions that a reader may see, each with the environments in which it ever was. */
    public Page<Trace> traces(ReleaseFilter filter, Pageable page, Reader reader) {
        Page<Release> found = desk.list(filter, page, reader);
        Map<String, List<LiveSystems.Stay>> stays = live
                .stays(
                        found.stream().map(Release::system).distinct().toList(),
                        found.stream().map(Release::version).distinct().toList())
                .stream()
                .collect(Collectors.groupingBy(
                        stay -> stay.system() + "-" + stay.version(), TreeMap::new, Collectors.toList()));
        return found.map(release -> new Trace(release, stays.getOrDefault(release.key(), List.of())));
    }

    @Override
    public List<String> shortcomings(Release release, List<HandedInFile> files) {
        return obstacles(release);
    }

    @Override
    public List<String> obstacles(Release release) {
        Optional<Version> declared = Version.read(release.version());
        if (declared.isEmpty()) {
            return List.of(
                    "'" + release.version() + "' is no version by SemVer 2.0.0; please request the release anew.");
        }
        Optional<Version> present = present(release.system());
        Optional<ScopeFacts.Content> content = scopes.content(release);
        if (present.isEmpty() || content.isEmpty() || declared.get().initial()) {
            return List.of();
        }
        Optional<Version.Bump> bump = declared.get().since(present.get());
        List<ScopeFacts.Item> breaking = content.get().breaking();
        List<ScopeFacts.Item> features = content.get().features();
        if (bump.isEmpty() || bump.get() == Version.Bump.MAJOR) {
            return List.of();
        }
        if (!breaking.isEmpty()) {
            return List.of(
                    tooLow(release, present.get(), bump.get(), "users have to adapt to", breaking, Version.Bump.MAJOR));
        }
        return bump.get() == Version.Bump.PATCH && present.get().preRelease().isEmpty() && !features.isEmpty()
                ? List.of(tooLow(release, present.get(), bump.get(), "it brings", features, Version.Bump.MINOR))
                : List.of();
    }

    private String tooLow(
            Release release,
            Version present,
            Version.Bump bump,
            String why,
            List<ScopeFacts.Item> items,
            Version.Bump needed) {
        List<String> named = new ArrayList<>(
                items.stream().map(ScopeFacts.Item::key).limit(MOST_NAMED).toList());
        if (items.size() > MOST_NAMED) {
            named.add(items.size() - MOST_NAMED + " more");
        }
        return release.version() + " is a " + bump.word() + " version after " + present + ", but " + why + " "
                + String.join(", ", named) + "; please release it as " + free(release.system(), present, needed)
                + ", or leave that out of the scope.";
    }
}
