package io.slipway.release.web;

import io.slipway.platform.process.ProcessRecords;
import io.slipway.release.Release;
import java.util.Map;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Component;

/** Shows who did what when, through all called processes, the latest first. */
@Component
class HistoryPanel implements ReleasePanel {

    static final int SIZE = 15;

    private final ReleaseView view;

    HistoryPanel(ReleaseView view) {
        this.view = view;
    }

    @Override
    public int order() {
        return 1000;
    }

    @Override
    public String fragment() {
        return "release/history :: panel";
    }

    @Override
    public Map<String, Object> model(Release release, String person) {
        return model(release, 0);
    }

    Map<String, Object> model(Release release, int page) {
        Page<ProcessRecords.Step> steps = view.history(release, PageRequest.of(page, SIZE), true);
        Map<String, String> names = view.names(steps.getContent());
        return Map.of(
                "historyLines",
                steps.map(step -> HistoryLine.of(step, names)),
                "historyAddress",
                "/releases/" + release.key() + "/history");
    }
}
