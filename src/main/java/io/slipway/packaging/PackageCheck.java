package io.slipway.packaging;

import io.slipway.release.Release;
import java.util.List;

/** A part of packaging that looks at the files of a round before they are sealed. */
public interface PackageCheck {

    /** What keeps these files from being sealed, one sentence each; empty when nothing does. */
    List<String> shortcomings(Release release, List<HandedInFile> files);

    /** Is told when files were not sealed because of shortcomings, whoever found them. */
    default void refused(Release release, List<HandedInFile> files) {}
}
