package io.slipway.platform.process;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.delegate.DmnDecisionTableEvaluationListener;
import org.camunda.bpm.dmn.engine.delegate.DmnEvaluatedDecisionRule;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.jspecify.annotations.Nullable;

/**
 * One version of a decision table, opened to ask which of its rules would fire for which facts. Asking leaves no trace in the
 * engine's history, so that a verdict can be explained by trying other facts.
 *
 * <p>May be asked by several threads; one of them is answered at a time.
 */
public final class RuleTable {

    private final String decision;
    private final int version;
    private final String digest;
    private final DmnModelInstance model;
    private final DmnEngine engine;
    private final DmnDecision table;
    private final List<DmnEvaluatedDecisionRule> fired = new ArrayList<>();

    RuleTable(
            String decision,
            int version,
            String digest,
            DmnModelInstance model,
            DefaultDmnEngineConfiguration configuration) {
        this.decision = decision;
        this.version = version;
        this.digest = digest;
        this.model = model;
        DmnDecisionTableEvaluationListener listener = event -> fired.addAll(event.getMatchingRules());
        configuration.setCustomPostDecisionTableEvaluationListeners(List.of(listener));
        this.engine = configuration.buildEngine();
        this.table = engine.parseDecision(decision, model);
    }

    /** Opens a table from a file that no release pinned, for tests of it. */
    public static RuleTable read(String decision, int version, String digest, InputStream file) {
        return new RuleTable(
                decision, version, digest, Dmn.readModelFromStream(file), new DefaultDmnEngineConfiguration());
    }

    /**
     * What fired.
     *
     * @param value the first output of the rule
     * @param rule id of the rule in the table
     * @param because the rule's annotation; empty when it has none
     */
    public record Fired(Object value, String rule, String because) {}

    /**
     * The first rule that fires for these facts and gives a value; empty when none does.
     *
     * @param facts inputs by name; a null is a fact that is not known
     */
    public synchronized Optional<Fired> evaluate(Map<String, ? extends @Nullable Object> facts) {
        fired.clear();
        engine.evaluateDecisionTable(table, new HashMap<>(facts));
        return fired.stream().findFirst().flatMap(this::told);
    }

    /**
     * The values of all rules that fire for these facts, in the order of the table.
     *
     * @param facts inputs by name; a null is a fact that is not known
     */
    synchronized List<Object> values(Map<String, ? extends @Nullable Object> facts) {
        fired.clear();
        engine.evaluateDecisionTable(table, new HashMap<>(facts));
        return fired.stream()
                .flatMap(rule -> told(rule).stream())
                .map(Fired::value)
                .toList();
    }

    private Optional<Fired> told(DmnEvaluatedDecisionRule rule) {
        return rule.getOutputEntries().values().stream().findFirst().flatMap(output -> Optional.ofNullable(
                        output.getValue().getValue())
                .map(value -> new Fired(value, rule.getId(), annotation(rule.getId()))));
    }

    private String annotation(String rule) {
        return model.getModelElementById(rule) instanceof Rule drawn && drawn.getDescription() != null
                ? drawn.getDescription().getTextContent()
                : "";
    }

    /** Id of the decision. */
    public String decision() {
        return decision;
    }

    /** Version of the decision. */
    public int version() {
        return version;
    }

    /** SHA-256 of the file that holds it, in hexadecimal. */
    public String digest() {
        return digest;
    }
}
