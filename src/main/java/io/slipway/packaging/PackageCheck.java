package io.slipway.packaging;

import io.slipway.release.Release;
import java.util.List;
import java.util.Optional;

/** A part of packaging that looks at the files of a round before they are sealed. */
public interface PackageCheck {

    /** What keeps these files from being sealed, one sentence each; empty when nothing does. */
    List<String> shortcomings(Release release, List<HandedInFile> files);

    /**
     * Why a file is not even taken, in a sentence; empty for most, as what is wrong with one is said among the shortcomings.
     *
     * @param sha256 digest under which its bytes lie in the store
     */
    default Optional<String> refusal(String name, String sha256) {
        return Optional.empty();
    }

    /** Is told when files were not sealed because of shortcomings, whoever found them. */
    default void refused(Release release, List<HandedInFile> files) {}
}
