package io.slipway.platform.process;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnDecisionTableResult;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.HitPolicy;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Says which rule of a table answers, and what it would answer to other facts. The engine tells the answer alone; so the table is asked
 * again with its first rule, with its first two, and so on, until it answers. Nothing of that leaves a trace in the history.
 */
@Component
public class DecisionRules {

    private final ModelVersions versions;
    private final RepositoryService repository;
    private final EngineAccess access;
    private final DmnEngine engine =
            DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();

    DecisionRules(ModelVersions versions, @Lazy RepositoryService repository, EngineAccess access) {
        this.versions = versions;
        this.repository = repository;
        this.access = access;
    }

    /**
     * A rule that answered.
     *
     * @param id of the rule in the table
     * @param description why it is there, as its owners wrote it; may be empty
     * @param answer the first output
     */
    public record Fired(String id, String description, String answer) {}

    /** A table whose first fitting rule answers, in one version. */
    public final class Table {

        private final List<DmnDecision> prefixes;
        private final List<Fired> rules;

        private Table(List<DmnDecision> prefixes, List<Fired> rules) {
            this.prefixes = prefixes;
            this.rules = rules;
        }

        /** The rule that answers to these facts; empty when none does. */
        public Optional<Fired> fired(Map<String, Object> facts) {
            if (prefixes.isEmpty()
                    || asked(prefixes.get(prefixes.size() - 1), facts).isEmpty()) {
                return Optional.empty();
            }
            for (int i = 0; i < prefixes.size(); i++) {
                Optional<String> answer = asked(prefixes.get(i), facts);
                if (answer.isPresent()) {
                    return Optional.of(new Fired(rules.get(i).id(), rules.get(i).description(), answer.get()));
                }
            }
            return Optional.empty();
        }

        /** What the whole table answers to these facts. */
        public Optional<String> answer(Map<String, Object> facts) {
            return prefixes.isEmpty() ? Optional.empty() : asked(prefixes.get(prefixes.size() - 1), facts);
        }

        private Optional<String> asked(DmnDecision decision, Map<String, Object> facts) {
            DmnDecisionTableResult result = engine.evaluateDecisionTable(decision, facts);
            return result.isEmpty()
                    ? Optional.empty()
                    : result.getFirstResult().getEntryMap().values().stream()
                            .findFirst()
                            .map(String::valueOf);
        }
    }

    /**
     * The table of a decision in the version that a release recorded.
     *
     * @throws IllegalStateException when the release recorded none, or not the first fitting rule of it answers
     */
    public Table of(String release, String decision) {
        int version = versions.pinned(release, ModelKind.DECISION, decision)
                .orElseThrow(() -> new IllegalStateException("Release " + release
                        + " has recorded no version of the decision '" + decision + "' at its start"))
                .version();
        DmnModelInstance model = access.asSystem(() -> repository.getDmnModelInstance(repository
                .createDecisionDefinitionQuery()
                .decisionDefinitionKey(decision)
                .decisionDefinitionVersion(version)
                .singleResult()
                .getId()));
        return table(model, decision);
    }

    /** The table of a decision in a model. */
    Table table(DmnModelInstance model, String decision) {
        int count = rules(model).size();
        if (only(model).getHitPolicy() != HitPolicy.FIRST) {
            throw new IllegalStateException("Not the first fitting rule of '" + decision + "' answers");
        }
        List<DmnDecision> prefixes = new ArrayList<>();
        List<Fired> fired = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            DmnModelInstance prefix = Dmn.readModelFromStream(
                    new java.io.ByteArrayInputStream(Dmn.convertToString(model).getBytes(StandardCharsets.UTF_8)));
            List<Rule> all = rules(prefix);
            Rule last = all.get(i);
            fired.add(new Fired(
                    last.getId(),
                    last.getDescription() == null
                            ? ""
                            : last.getDescription().getTextContent().strip(),
                    ""));
            for (int j = all.size() - 1; j > i; j--) {
                only(prefix).getRules().remove(all.get(j));
            }
            prefixes.add(engine.parseDecision(
                    decision,
                    new java.io.ByteArrayInputStream(Dmn.convertToString(prefix).getBytes(StandardCharsets.UTF_8))));
        }
        return new Table(List.copyOf(prefixes), List.copyOf(fired));
    }

    private static DecisionTable only(DmnModelInstance model) {
        return model.getModelElementsByType(DecisionTable.class).iterator().next();
    }

    private static List<Rule> rules(DmnModelInstance model) {
        return List.copyOf(only(model).getRules());
    }
}
