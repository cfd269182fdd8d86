package io.slipway.packaging.facts;

import io.slipway.integration.sources.Sources;
import io.slipway.integration.sources.Sources.Commit;
import io.slipway.integration.sources.SourcesRefused;
import io.slipway.integration.sources.SourcesUnavailable;
import io.slipway.packaging.builds.Rebuild;
import io.slipway.packaging.builds.Rebuilds;
import io.slipway.release.LiveSystems;
import io.slipway.release.NotFound;
import io.slipway.release.Release;
import io.slipway.release.Releases;
import io.slipway.release.SourceCommits;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Service;

/**
 * Tells when the oldest commit of a package was made: what the packaged commit has and that of the version before had not. The
 * packaged commit is the one that the package was built from anew; where nobody built it, the one that the tag of the version names.
 */
@Service
public class PackagedCommits implements SourceCommits {

    private static final Logger LOG = LoggerFactory.getLogger(PackagedCommits.class);
    private static final int MOST = 2_000;

    private final Sources sources;
    private final Rebuilds rebuilds;
    private final Releases releases;
    private final LiveSystems live;

    PackagedCommits(Sources sources, @Lazy Rebuilds rebuilds, @Lazy Releases releases, @Lazy LiveSystems live) {
        this.sources = sources;
        this.rebuilds = rebuilds;
        this.releases = releases;
        this.live = live;
    }

    @Override
    public Optional<Instant> oldest(Release release) {
        if (!sources.has(release.system())) {
            return Optional.empty();
        }
        return packaged(release).map(until -> {
            List<Commit> brought = before(release)
                    .flatMap(this::packaged)
                    .map(since -> between(release, since, until))
                    .orElse(List.of());
            return brought.isEmpty()
                    ? until.at()
                    : brought.get(brought.size() - 1).at();
        });
    }

    private List<Commit> between(Release release, Commit since, Commit until) {
        try {
            return sources.between(release.system(), since.id(), until.id(), MOST);
        } catch (SourcesRefused | SourcesUnavailable e) {
            LOG.warn("What {} brings since {} cannot be told", release.key(), since.id(), e);
            return List.of();
        }
    }

    private Optional<Commit> packaged(Release release) {
        return rebuilds.of(release).stream()
                .map(Rebuild::commit)
                .findFirst()
                .or(() -> Optional.of("v" + release.version()))
                .flatMap(revision -> resolved(release, revision));
    }

    private Optional<Commit> resolved(Release release, String revision) {
        try {
            return Optional.of(sources.resolve(release.system(), revision));
        } catch (SourcesRefused unknown) {
            LOG.debug("{} has no revision {}", release.system(), revision, unknown);
            return Optional.empty();
        } catch (SourcesUnavailable e) {
            LOG.warn("The sources of {} cannot be read now", release.system(), e);
            return Optional.empty();
        }
    }

    private Optional<Release> before(Release release) {
        return live.before(release).flatMap(LiveSystems.Before::release).flatMap(id -> {
            try {
                return Optional.of(releases.get(id));
            } catch (NotFound gone) {
                LOG.debug("The release before {} is gone", release.key(), gone);
                return Optional.empty();
            }
        });
    }
}
