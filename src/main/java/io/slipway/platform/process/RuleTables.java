package io.slipway.platform.process;

import java.util.LinkedHashMap;
import java.util.Map;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Opens decision tables in the version that a release recorded at its start, to explain what they say. A version never changes, so it
 * is read once and kept until many others were wanted since.
 */
@Component
public class RuleTables {

    private static final int MOST_OPEN = 100;

    private final ModelVersions versions;
    private final ProcessEngine engine;
    private final EngineAccess access;
    private final Map<Key, RuleTable> open = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, RuleTable> eldest) {
            return size() > MOST_OPEN;
        }
    };

    private record Key(String decision, int version, String digest) {}

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
        Key key = new Key(decision, version, digest);
        synchronized (open) {
            RuleTable known = open.get(key);
            if (known != null) {
                return known;
            }
        }
        // Two that read it at the same time keep one of both, which say the same.
        RuleTable read = read(key);
        synchronized (open) {
            open.put(key, read);
        }
        return read;
    }

    private RuleTable read(Key key) {
        DmnModelInstance model = access.asSystem(() -> {
            RepositoryService repository = engine.getRepositoryService();
            return repository.getDmnModelInstance(repository
                    .createDecisionDefinitionQuery()
                    .decisionDefinitionKey(key.decision())
                    .decisionDefinitionVersion(key.version())
                    .singleResult()
                    .getId());
        });
        return new RuleTable(key.decision(), key.version(), key.digest(), model, guarded());
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
