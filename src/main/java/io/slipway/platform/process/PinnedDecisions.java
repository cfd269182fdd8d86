package io.slipway.platform.process;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.dmn.engine.DmnDecisionResult;
import org.camunda.bpm.engine.DecisionService;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Evaluates a decision in the version that a release recorded at its start, for code that must not believe the variable in which a
 * process carries the answer.
 */
@Component
public class PinnedDecisions {

    private static final int MOST_SEEN = 1_000;

    private final ModelVersions versions;
    private final DecisionService decisions;
    private final EngineAccess access;
    private final RuleTables tables;
    private final Map<Question, Answer> seen = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Question, Answer> eldest) {
            return size() > MOST_SEEN;
        }
    };

    PinnedDecisions(ModelVersions versions, @Lazy DecisionService decisions, EngineAccess access, RuleTables tables) {
        this.versions = versions;
        this.decisions = decisions;
        this.access = access;
        this.tables = tables;
    }

    /**
     * What a decision says.
     *
     * @param decision its id
     * @param version the version that was asked
     * @param values the first output of every rule that fired, in the order of the table; texts, numbers or booleans
     */
    public record Answer(String decision, int version, List<Object> values) {

        /** Keeps its own copy of the list. */
        public Answer {
            values = List.copyOf(values);
        }

        /**
         * The one value that the decision gave.
         *
         * @throws IllegalStateException when it gave none or more than one
         */
        public Object single() {
            if (values.size() != 1) {
                throw new IllegalStateException("Version " + version + " of the decision '" + decision + "' gave "
                        + values.size() + " values where one is needed: " + values);
            }
            return values.get(0);
        }

        /** All values as texts. */
        public List<String> texts() {
            return values.stream().map(String::valueOf).toList();
        }
    }

    /** Whether a release recorded a version of a decision; one that began before there was the decision did not. */
    public boolean knows(String release, String decision) {
        return versions.pinned(release, ModelKind.DECISION, decision).isPresent();
    }

    /**
     * Asks a decision.
     *
     * @param release key of the release, which recorded the version
     * @param facts the inputs by name; a missing one is missing in the table as well
     * @throws IllegalStateException when the release recorded no version of it
     */
    public Answer evaluate(String release, String decision, Map<String, Object> facts) {
        return evaluate(decision, version(release, decision), facts);
    }

    /**
     * What a decision would say, for whoever only looks at it. A version of a table always gives the same answer to the same facts,
     * so it is asked once; nobody decides anything by looking, so nothing of it is written to the history of decisions, and it can be
     * asked where a transaction only reads.
     *
     * @throws IllegalStateException when the release recorded no version of it
     */
    public Answer look(String release, String decision, Map<String, Object> facts) {
        Question question = new Question(decision, version(release, decision), new HashMap<>(facts));
        synchronized (seen) {
            Answer known = seen.get(question);
            if (known != null) {
                return known;
            }
        }
        Answer answer = new Answer(
                decision, question.version(), tables.open(release, decision).values(facts));
        synchronized (seen) {
            seen.put(question, answer);
        }
        return answer;
    }

    private record Question(String decision, int version, Map<String, Object> facts) {}

    private int version(String release, String decision) {
        return versions.pinned(release, ModelKind.DECISION, decision)
                .orElseThrow(() -> new IllegalStateException("Release " + release
                        + " has recorded no version of the decision '" + decision + "' at its start"))
                .version();
    }

    private Answer evaluate(String decision, int version, Map<String, Object> facts) {
        DmnDecisionResult result = access.asSystem(() -> decisions
                .evaluateDecisionByKey(decision)
                .version(version)
                .variables(facts)
                .evaluate());
        return new Answer(
                decision,
                version,
                result.getResultList().stream()
                        .map(rule -> rule.values().stream()
                                .filter(Objects::nonNull)
                                .findFirst()
                                .orElse(null))
                        .filter(Objects::nonNull)
                        .toList());
    }
}
