/** Which bytes are delivered: the files of a release, sealed by a manifest of their digests. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "release",
            "release::web",
            "integration::artifacts",
            "integration::ci",
            "integration::contracts",
            "integration::incidents",
            "integration::secrets",
            "integration::sources",
            "integration::targets",
            "platform::process",
            "platform::data",
            "platform::security",
            "platform::web",
            "platform::text"
        })
package io.slipway.packaging;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
