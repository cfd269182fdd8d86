package io.slipway.validation.web;

import io.slipway.release.Release;
import io.slipway.release.ReleasePhase;
import io.slipway.release.web.ReleasePanel;
import io.slipway.validation.review.Lessons;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Brings up again, while a release is planned, what similar ones taught. */
@Component
class LessonsPanel implements ReleasePanel {

    private static final int MOST = 5;

    private final Lessons lessons;

    LessonsPanel(Lessons lessons) {
        this.lessons = lessons;
    }

    @Override
    public int order() {
        return 50;
    }

    @Override
    public String fragment() {
        return "validation/lessons :: panel";
    }

    @Override
    public Map<String, Object> model(Release release, String person) {
        boolean planned = release.state().phase() == ReleasePhase.PREPARATION
                || release.state().phase() == ReleasePhase.AUTHORISATION;
        return Map.of("validationLessons", planned ? lessons.similar(release, MOST) : List.of());
    }
}
