package io.slipway.packaging.web;

import io.slipway.packaging.Packages;
import io.slipway.packaging.chain.Chain;
import io.slipway.packaging.chain.HopRecord;
import io.slipway.packaging.signatures.FileSignature;
import io.slipway.packaging.signatures.Signatures;
import io.slipway.platform.web.Viewer;
import io.slipway.release.Reader;
import io.slipway.release.Release;
import io.slipway.release.ReleaseDesk;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Chain of checksums and signatures of a package for programs. */
@RestController
class ChainApi {

    private final ReleaseDesk desk;
    private final Packages packages;
    private final Chain chain;
    private final Signatures signatures;

    ChainApi(ReleaseDesk desk, Packages packages, Chain chain, Signatures signatures) {
        this.desk = desk;
        this.packages = packages;
        this.chain = chain;
        this.signatures = signatures;
    }

    /**
     * What is known of the bytes of a package.
     *
     * @param obstacles what the chain and the signatures have against production, in sentences
     */
    record ChainJson(List<HopRecord> hops, List<FileSignature> signatures, List<String> obstacles) {}

    @GetMapping("/api/v1/releases/{key}/packaging/chain")
    ChainJson chain(@PathVariable String key, Viewer viewer) {
        Release release = desk.get(key, new Reader(viewer.person(), viewer.groups()));
        List<FileSignature> found = signatures.of(release);
        return new ChainJson(
                packages.round(release).map(round -> chain.of(release, round)).orElse(List.of()),
                found,
                chain.obstacles(release));
    }
}
