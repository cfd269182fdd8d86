package io.slipway.release.web;

import io.slipway.platform.process.ProcessRecords;
import io.slipway.release.Release;
import java.util.Map;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Component;

/** Shows every process of a release, called ones and those beside it, while they run and after they ended. */
@Component
class ProcessesPanel implements ReleasePanel {

    static final int SIZE = 25;

    private final ReleaseView view;

    ProcessesPanel(ReleaseView view) {
        this.view = view;
    }

    @Override
    public int order() {
        return 990;
    }

    @Override
    public String fragment() {
        return "release/processes :: panel";
    }

    @Override
    public Map<String, Object> model(Release release, String person) {
        return model(release, 0);
    }

    Map<String, Object> model(Release release, int page) {
        Page<ProcessRecords.Instance> found = view.processes(release, PageRequest.of(page, SIZE));
        return Map.of("processLines", found, "processAddress", "/releases/" + release.key() + "/processes");
    }
}
