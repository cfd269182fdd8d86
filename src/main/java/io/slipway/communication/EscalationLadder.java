package io.slipway.communication;

import io.slipway.release.Escalations;
import io.slipway.release.Notices;
import io.slipway.release.Release;
import io.slipway.release.Role;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Puts a question that those concerned do not settle before the release managers. */
@Service
class EscalationLadder implements Escalations {

    private final Notices notices;

    EscalationLadder(Notices notices) {
        this.notices = notices;
    }

    @Override
    @Transactional
    public void raise(Release release, String key, String question, List<String> brief) {
        notices.tell(Notices.Notice.of(
                release,
                "escalated/" + key,
                "communication.escalated",
                Set.of(Role.RELEASE_MANAGER),
                release.key() + ": " + question,
                brief));
    }
}
