package io.slipway.validation.closing;

import io.slipway.integration.cmdb.ConfigurationItem;
import io.slipway.integration.cmdb.ConfigurationRegister;
import io.slipway.integration.cmdb.ConfigurationRegister.Installed;
import io.slipway.release.Landscape;
import io.slipway.release.LiveSystems;
import io.slipway.release.LiveSystems.Live;
import io.slipway.release.NewRelease;
import io.slipway.release.Release;
import io.slipway.release.Releases;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What production runs, by our records and by the register. */
@Component
class Production {

    private final Landscape landscape;
    private final LiveSystems lives;
    private final ConfigurationRegister register;
    private final Releases releases;

    Production(Landscape landscape, LiveSystems lives, ConfigurationRegister register, Releases releases) {
        this.landscape = landscape;
        this.lives = lives;
        this.register = register;
        this.releases = releases;
    }

    String environment(Release release) {
        return landscape.production(release.system()).key();
    }

    Optional<Live> live(Release release) {
        return lives.of(release.system(), environment(release));
    }

    boolean runs(Release release) {
        return live(release)
                .map(Live::version)
                .filter(release.version()::equals)
                .isPresent();
    }

    Optional<ConfigurationItem> item(Release release) {
        return register.read(release.system(), environment(release));
    }

    Optional<Installed> registered(Release release) {
        return item(release).map(ConfigurationItem::installed);
    }

    /** What the register should say. */
    Optional<Installed> wanted(Release release) {
        return live(release)
                .map(live -> new Installed(
                        live.version(),
                        live.packageDigest(),
                        releases.find(NewRelease.key(release.system(), live.version()))
                                .map(Release::key)));
    }

    void write(Release release, Optional<Installed> wanted, String key) {
        register.update(release.system(), environment(release), wanted, key);
    }
}
