package io.slipway.packaging;

import io.slipway.release.Release;
import java.util.List;

/** A part of packaging that may know why a sealed package must not reach production. All are asked whenever production is touched. */
public interface PackageObstacle {

    /** One sentence for each obstacle, naming the remedy; empty when nothing speaks against it. Decided from records and bytes. */
    List<String> obstacles(Release release);
}
