package io.slipway.packaging;

import io.slipway.release.ApprovalPart;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.SealedPackage;
import io.slipway.release.SealedPackages;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** An approval signs the sealed package: its digest and every file of it. */
@Component
class PackagePart implements ApprovalPart {

    private final SealedPackages packages;

    PackagePart(SealedPackages packages) {
        this.packages = packages;
    }

    @Override
    public String name() {
        return "package";
    }

    @Override
    public Content content(Release release) {
        SealedPackage sealed = packages.present(release)
                .orElseThrow(() -> new Refused("The package of " + release.key() + " is not sealed."));
        long bytes = sealed.files().stream().mapToLong(SealedPackage.File::size).sum();
        return new Content(
                sealed.files().size() + (sealed.files().size() == 1 ? " file" : " files") + " of "
                        + String.format(Locale.ROOT, "%,d", bytes)
                        + " bytes together, sealed as " + sealed.digest(),
                sealed);
    }
}
