package io.slipway.platform.process;

import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Opens decision tables in the version that a release recorded at its start, to explain what they say. */
@Component
public class RuleTables {

    private final ModelVersions versions;
    private final ProcessEngine engine;
    private final EngineAccess access;

    RuleTables(ModelVersions versions, @Lazy ProcessEngine engine, EngineAccess access) {
        this.versions = versions;
        this.engine = engine;
        this.access = access;
    }

    /**
     * The table that this release uses.
     *
     * @param release key of the release
     * @throws IllegalStateException when the release recorded no version of it
     */
    public RuleTable open(String release, String decision) {
        ModelVersions.Pin pin = versions.pinned(release, ModelKind.DECISION, decision)
                .orElseThrow(() -> new IllegalStateException("Release " + release
                        + " has recorded no version of the decision '" + decision + "' at its start"));
        return table(decision, pin.version(), pin.digest());
    }

    /**
     * The table that holds now, for what belongs to no release.
     *
     * @throws IllegalStateException when no version of it is accepted
     */
    public RuleTable openNewest(String decision) {
        ModelVersion newest = versions.newestAccepted(ModelKind.DECISION, decision)
                .orElseThrow(
                        () -> new IllegalStateException("No version of the decision '" + decision + "' is accepted"));
        return table(decision, newest.version(), newest.digest());
    }

    private RuleTable table(String decision, int version, String digest) {
        DmnModelInstance model = access.asSystem(() -> {
            RepositoryService repository = engine.getRepositoryService();
            return repository.getDmnModelInstance(repository
                    .createDecisionDefinitionQuery()
                    .decisionDefinitionKey(decision)
                    .decisionDefinitionVersion(version)
                    .singleResult()
                    .getId());
        });
        return new RuleTable(decision, version, digest, model, guarded());
    }

    /** Expressions and scripts of a table are bound by what the process engine allows them, here as well. */
    private DefaultDmnEngineConfiguration guarded() {
        DefaultDmnEngineConfiguration theirs =
                ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration()).getDmnEngineConfiguration();
        DefaultDmnEngineConfiguration ours = new DefaultDmnEngineConfiguration();
        ours.setElProvider(theirs.getElProvider());
        ours.setScriptEngineResolver(theirs.getScriptEngineResolver());
        ours.setDefaultInputExpressionExpressionLanguage(theirs.getDefaultInputExpressionExpressionLanguage());
        ours.setDefaultInputEntryExpressionLanguage(theirs.getDefaultInputEntryExpressionLanguage());
        ours.setDefaultOutputEntryExpressionLanguage(theirs.getDefaultOutputEntryExpressionLanguage());
        ours.setEnableFeelLegacyBehavior(theirs.isEnableFeelLegacyBehavior());
        ours.setDefaultLiteralExpressionLanguage(theirs.getDefaultLiteralExpressionLanguage());
        return ours;
    }
}
