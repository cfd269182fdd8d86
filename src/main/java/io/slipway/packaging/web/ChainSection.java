package io.slipway.packaging.web;

import io.slipway.packaging.Packages;
import io.slipway.packaging.chain.Chain;
import io.slipway.packaging.signatures.Signatures;
import io.slipway.platform.web.Viewer;
import io.slipway.release.Release;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Shows the chain of checksums hop by hop, and the signatures. */
@Component
class ChainSection implements PackagingSection {

    private final Chain chain;
    private final Signatures signatures;
    private final Packages packages;

    ChainSection(Chain chain, Signatures signatures, Packages packages) {
        this.chain = chain;
        this.signatures = signatures;
        this.packages = packages;
    }

    @Override
    public int order() {
        return 100;
    }

    @Override
    public String fragment() {
        return "packaging/chain :: section";
    }

    @Override
    public Map<String, Object> model(Release release, Viewer viewer) {
        return Map.of(
                "chainLooks",
                packages.round(release).map(round -> chain.of(release, round)).orElse(List.of()),
                "chainSignatures",
                signatures.of(release));
    }
}
