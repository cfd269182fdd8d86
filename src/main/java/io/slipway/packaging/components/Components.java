package io.slipway.packaging.components;

import io.slipway.integration.artifacts.ArtifactCorrupt;
import io.slipway.integration.artifacts.ArtifactMissing;
import io.slipway.integration.artifacts.ArtifactStore;
import io.slipway.packaging.HandedInFile;
import io.slipway.packaging.PackageCheck;
import io.slipway.packaging.Packages;
import io.slipway.release.Release;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Service;

/**
 * Reads the bills of materials of a package, {@code bom.json}, {@code storefront.cdx.xml} and the like: every component in them is
 * pinned to one exact version, or the package is not sealed.
 */
@Service
public class Components implements PackageCheck {

    private final ArtifactStore store;
    private final Packages packages;

    Components(ArtifactStore store, @Lazy Packages packages) {
        this.store = store;
        this.packages = packages;
    }

    /**
     * A bill of materials of a package.
     *
     * @param specVersion version of the CycloneDX specification; empty when it cannot be read
     * @param components what it names
     * @param pinned how many of them carry SHA-256 or better
     * @param faults what is wrong with it, one sentence each
     */
    public record Bill(
            String file, Optional<String> specVersion, List<Component> components, long pinned, List<String> faults) {

        /** Copies the lists. */
        public Bill {
            components = List.copyOf(components);
            faults = List.copyOf(faults);
        }
    }

    /** The bills among the present files of a release, read now. */
    public List<Bill> of(Release release) {
        return of(packages.files(release));
    }

    private List<Bill> of(List<HandedInFile> files) {
        return files.stream()
                .filter(file -> Sbom.named(file.name()))
                .map(this::bill)
                .toList();
    }

    private Bill bill(HandedInFile file) {
        try (InputStream content = store.open(file.sha256())) {
            Sbom read = Sbom.read(file.name(), content);
            List<String> faults = read.faults();
            return new Bill(
                    file.name(),
                    Optional.of(read.specVersion()),
                    read.components(),
                    read.components().stream()
                            .filter(component -> component.digest().isPresent())
                            .count(),
                    faults);
        } catch (Sbom.SbomRefused | ArtifactCorrupt | ArtifactMissing e) {
            return new Bill(file.name(), Optional.empty(), List.of(), 0, List.of(String.valueOf(e.getMessage())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<String> shortcomings(Release release, List<HandedInFile> files) {
        List<String> sentences = new ArrayList<>();
        for (Bill bill : of(files)) {
            bill.faults().forEach(fault -> sentences.add(bill.file() + ": " + fault));
        }
        return sentences;
    }
}
