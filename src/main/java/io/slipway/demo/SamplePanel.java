package io.slipway.demo;

import io.slipway.release.Release;
import io.slipway.release.web.ReleasePanel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Says on the page of a release where the files lie that it asks for, as nobody of the demo has them at hand. */
@Component
@Profile("demo")
class SamplePanel implements ReleasePanel {

    private final DemoStage stage;

    SamplePanel(DemoStage stage) {
        this.stage = stage;
    }

    @Override
    public int order() {
        return 10;
    }

    @Override
    public String fragment() {
        return "demo/panel :: panel";
    }

    @Override
    public Map<String, Object> model(Release release, String person) {
        return Map.of("demoFiles", files(release), "demoAddress", stage.address(SampleLandscape.PRODUCTION));
    }

    private List<Path> files(Release release) {
        if (!release.system().equals(SampleLandscape.SYSTEM) || !SampleRelease.VERSIONS.contains(release.version())) {
            return List.of();
        }
        BuiltSample build = stage.build(release.version());
        return List.of(build.scope(), build.jar(), build.testReport());
    }
}
