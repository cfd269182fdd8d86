package io.slipway.platform.process;

import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.camunda.bpm.impl.juel.AstBracket;
import org.camunda.bpm.impl.juel.AstDot;
import org.camunda.bpm.impl.juel.AstFunction;
import org.camunda.bpm.impl.juel.AstIdentifier;
import org.camunda.bpm.impl.juel.AstMethod;
import org.camunda.bpm.impl.juel.Builder;
import org.camunda.bpm.impl.juel.Node;
import org.camunda.bpm.impl.juel.TreeBuilderException;

/**
 * Reads the expressions of a model as the engine does, before it does: they compare declared variables and ask the facades, and
 * neither call anything else nor name a bean.
 *
 * @param variables names of the variables that the process declares
 * @param facade whether a name is that of a facade
 */
record OpenExpressions(Set<String> variables, Predicate<String> facade) {

    private static final String EXECUTION = "execution";
    private static final String BUSINESS_KEY = ". processBusinessKey";

    /** Kept by the engine for steps that run several times. */
    private static final Set<String> OF_THE_ENGINE =
            Set.of("loopCounter", "nrOfInstances", "nrOfActiveInstances", "nrOfCompletedInstances");

    /** Copies the names. */
    OpenExpressions {
        variables = Set.copyOf(variables);
    }

    /** What is wrong with a text, as the rest of a sentence about its element; empty when nothing is. */
    Optional<String> fault(String text) {
        if (!text.contains("${") && !text.contains("#{")) {
            return Optional.empty();
        }
        try {
            return fault(
                            new Builder(Builder.Feature.METHOD_INVOCATIONS)
                                    .build(text)
                                    .getRoot(),
                            false)
                    .map(said -> said + " in " + text);
        } catch (TreeBuilderException e) {
            return Optional.of("holds what is no expression: " + text);
        }
    }

    private Optional<String> fault(Node node, boolean argument) {
        if (node instanceof AstFunction) {
            return Optional.of("calls the function " + node + ", and only the facades are called");
        }
        if (node instanceof AstBracket) {
            return Optional.of("reaches into something with [..]; please name a declared variable");
        }
        if (node instanceof AstMethod) {
            boolean asked = node.getChild(0) instanceof AstDot called
                    && called.getChild(0) instanceof AstIdentifier base
                    && facade.test(base.getName());
            return asked
                    ? fault(node.getChild(1), true)
                    : Optional.of("calls a method; only 'models' and 'deadlines' are called");
        }
        if (node instanceof AstDot property
                && property.getChild(0) instanceof AstIdentifier base
                && base.getName().equals(EXECUTION)) {
            return property.toString().equals(BUSINESS_KEY)
                    ? Optional.empty()
                    : Optional.of("reads more of the execution than its processBusinessKey");
        }
        if (node instanceof AstIdentifier name
                && !variables.contains(name.getName())
                && !OF_THE_ENGINE.contains(name.getName())
                && !(argument && name.getName().equals(EXECUTION))) {
            return Optional.of("names '" + name.getName() + "', which is no declared variable of the process");
        }
        for (int child = 0; child < node.getCardinality(); child++) {
            Optional<String> fault = fault(node.getChild(child), argument);
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
    }
}
