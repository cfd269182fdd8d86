package io.slipway.packaging.web;

import io.slipway.platform.web.Viewer;
import io.slipway.release.Release;
import java.util.Map;

/** A section of the page that tells everything of the package of one release. */
interface PackagingSection {

    /** Place on the page, lowest first. */
    int order();

    /** Thymeleaf fragment that draws the section. */
    String fragment();

    /** What the fragment reads, under names that no other section uses. */
    Map<String, Object> model(Release release, Viewer viewer);
}
