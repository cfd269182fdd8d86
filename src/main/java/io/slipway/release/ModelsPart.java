package io.slipway.release;

import io.slipway.platform.process.ModelVersions;
import java.util.List;
import org.springframework.stereotype.Component;

/** The versions of models, decisions and forms that the release runs by are part of what is approved. */
@Component
class ModelsPart implements ApprovalPart {

    private final ModelVersions models;

    ModelsPart(ModelVersions models) {
        this.models = models;
    }

    @Override
    public String name() {
        return "models";
    }

    @Override
    public Content content(Release release) {
        List<ModelVersions.Pin> pins = models.pins(release.key());
        return new Content(pins.size() + " models, decisions and forms in the versions pinned at the start", pins);
    }
}
