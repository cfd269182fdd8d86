package io.slipway.packaging.builds;

import io.slipway.integration.artifacts.ArtifactCorrupt;
import io.slipway.integration.artifacts.ArtifactMissing;
import io.slipway.integration.artifacts.ArtifactStore;
import io.slipway.packaging.HandedInFile;
import io.slipway.packaging.PackageCheck;
import io.slipway.release.Release;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Keeps archives out of packages that would do harm where they are unpacked. One with a name that leads out of its folder is not even
 * taken; whatever else is wrong with it, or with an archive inside it, keeps the package from being sealed.
 */
@Service
class ArchiveCheck implements PackageCheck {

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveCheck.class);
    private static final int REMEMBERED = 1_000;

    private final ArtifactStore store;

    /** What lies under a digest never changes, so each file is looked through once. */
    private final Map<String, ArchiveInspection.Found> known =
            Collections.synchronizedMap(new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, ArchiveInspection.Found> eldest) {
                    return size() > REMEMBERED;
                }
            });

    ArchiveCheck(ArtifactStore store) {
        this.store = store;
    }

    @Override
    public Optional<String> refusal(String name, String sha256) {
        ArchiveInspection.Found found = found(name, sha256);
        return found.leadsOut() ? Optional.of(name + ": " + found.harms().get(0)) : Optional.empty();
    }

    @Override
    public List<String> shortcomings(Release release, List<HandedInFile> files) {
        List<String> sentences = new ArrayList<>();
        for (HandedInFile file : files) {
            found(file.name(), file.sha256()).harms().forEach(harm -> sentences.add(file.name() + ": " + harm));
        }
        return sentences;
    }

    private ArchiveInspection.Found found(String name, String sha256) {
        ArchiveInspection.Found before = known.get(sha256);
        if (before != null) {
            return before;
        }
        try (InputStream content = store.open(sha256)) {
            ArchiveInspection.Found found = ArchiveInspection.of(content);
            known.put(sha256, found);
            return found;
        } catch (ArtifactMissing | ArtifactCorrupt e) {
            // Damaged bytes are found by whoever verifies the package.
            LOG.debug("{} cannot be read", name, e);
            return ArchiveInspection.Found.NONE;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
