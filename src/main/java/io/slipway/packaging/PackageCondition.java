package io.slipway.packaging;

import io.slipway.release.PackageDiffers;
import io.slipway.release.ProductionCondition;
import io.slipway.release.Release;
import io.slipway.release.SealedPackage;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Production gets the package that was sealed last, every byte of it is what was sealed, and nothing else of packaging speaks against it. */
@Component
class PackageCondition implements ProductionCondition {

    private final Packages packages;
    private final ObjectProvider<PackageObstacle> further;

    PackageCondition(Packages packages, ObjectProvider<PackageObstacle> further) {
        this.packages = packages;
        this.further = further;
    }

    @Override
    public String name() {
        return "package";
    }

    @Override
    public List<String> obstacles(Release release, ProductionTouch touch) {
        Optional<SealedPackage> sealed = packages.present(release);
        if (sealed.isEmpty()) {
            return List.of("The package of " + release.key() + " is not sealed; it is packaged first.");
        }
        if (!sealed.get().digest().equals(touch.packageDigest())) {
            return List.of("The package to be deployed has the digest " + touch.packageDigest() + ", but the one of "
                    + release.key() + " is sealed as " + sealed.get().digest() + "; please deploy that one.");
        }
        return Stream.concat(
                        packages.differences(release).stream().map(PackageDiffers::getMessage),
                        further.orderedStream().flatMap(part -> part.obstacles(release).stream()))
                .toList();
    }
}
