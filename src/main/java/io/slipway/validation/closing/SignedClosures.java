package io.slipway.validation.closing;

import io.slipway.release.Release;
import io.slipway.release.ReleaseOutcome;
import io.slipway.release.SignedOutcomes;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Tells the other phases which outcome was signed. */
@Component
class SignedClosures implements SignedOutcomes {

    private final ReleaseClosureRepository closures;

    SignedClosures(ReleaseClosureRepository closures) {
        this.closures = closures;
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<ReleaseOutcome> of(Release release) {
        return closures.findById(release.id().value()).map(ReleaseClosure::outcome);
    }
}
