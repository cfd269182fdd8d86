package io.slipway.validation.closing;

import io.slipway.integration.cmdb.ConfigurationRegister.Installed;
import io.slipway.release.ClosingCondition;
import io.slipway.release.Release;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Before a release is closed, the register of configuration items must say what production really runs. */
@Component
class RegisterCondition implements ClosingCondition {

    private final Production production;

    RegisterCondition(Production production) {
        this.production = production;
    }

    @Override
    public String name() {
        return "register";
    }

    @Override
    public Finding evaluate(Release release) {
        Optional<Installed> wanted = production.wanted(release);
        Optional<Installed> registered = production.registered(release);
        String evidence = "The register says " + said(registered) + ", production runs " + said(wanted) + ".";
        return registered.equals(wanted)
                ? new Finding(true, evidence, List.of())
                : new Finding(
                        false,
                        evidence,
                        List.of("Please correct the configuration item of " + release.system() + " in "
                                + production.environment(release) + "."));
    }

    private static String said(Optional<Installed> installed) {
        return installed
                .map(item -> item.version() + " ("
                        + item.digest().substring(0, Math.min(12, item.digest().length())) + ")")
                .orElse("nothing");
    }
}
