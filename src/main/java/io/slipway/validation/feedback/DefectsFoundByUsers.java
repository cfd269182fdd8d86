package io.slipway.validation.feedback;

import io.slipway.release.DefectCounts;
import io.slipway.release.Release;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Counts the incidents and issues of users that people confirmed to come from a release. */
@Component
class DefectsFoundByUsers implements DefectCounts {

    private final Feedback feedback;

    DefectsFoundByUsers(Feedback feedback) {
        this.feedback = feedback;
    }

    @Override
    public Found found() {
        return Found.BY_USERS;
    }

    @Override
    public Optional<Long> count(Release release) {
        return feedback.collection(release).map(collection -> feedback.links(release).stream()
                .filter(link -> Boolean.TRUE.equals(link.verdict()))
                .count());
    }
}
