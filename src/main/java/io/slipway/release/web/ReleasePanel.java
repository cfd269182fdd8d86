package io.slipway.release.web;

import io.slipway.release.Release;
import java.util.Map;

/** A part of the page of one release that a phase contributes: what it knows of the release and where its files are handed in. */
public interface ReleasePanel {

    /** Place on the page, lowest first; phases use 100, 200, … up to 900 in the order of the spine. */
    int order();

    /** Thymeleaf fragment that draws the panel, such as {@code scope/panel :: panel}. */
    String fragment();

    /** What the fragment reads, under names that no other panel uses: prefix them with the module. */
    Map<String, Object> model(Release release, String person);
}
