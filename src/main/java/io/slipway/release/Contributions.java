package io.slipway.release;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Component;

/** Asks every phase, and notices when one of those that must answer is missing. */
@Component
public class Contributions {

    private static final Logger LOG = LoggerFactory.getLogger(Contributions.class);

    private final Required required;
    private final Map<String, ApprovalPart> parts;
    private final Map<String, ProductionCondition> production;
    private final Map<String, ClosingCondition> closing;

    Contributions(
            Required required,
            List<ApprovalPart> parts,
            List<ProductionCondition> production,
            List<ClosingCondition> closing) {
        this.required = required;
        this.parts = byName(parts, ApprovalPart::name);
        this.production = byName(production, ProductionCondition::name);
        this.closing = byName(closing, ClosingCondition::name);
    }

    /**
     * Names that must be there.
     *
     * @param approvalParts what an approval must sign
     * @param productionConditions what must be asked before production is touched
     * @param closingConditions what must be asked before a release is closed
     */
    @ConfigurationProperties("slipway.required")
    public record Required(
            @DefaultValue List<String> approvalParts,
            @DefaultValue List<String> productionConditions,
            @DefaultValue List<String> closingConditions) {}

    /**
     * Content of every part of what is approved, by name.
     *
     * @throws IllegalStateException when a required part is missing
     */
    public Map<String, ApprovalPart.Content> approvalContent(Release release) {
        missing(required.approvalParts(), parts).stream().findFirst().ifPresent(name -> {
            throw new IllegalStateException("Nobody contributes the part '" + name + "' that an approval must sign");
        });
        Map<String, ApprovalPart.Content> content = new TreeMap<>();
        parts.forEach((name, part) -> content.put(name, told(name, part, release)));
        return content;
    }

    /**
     * Those parts that can be told now, by name, for whoever reads and does not sign. To be called outside of a transaction: a part
     * that cannot be told would take it along.
     */
    public Map<String, ApprovalPart.Content> tellable(Release release) {
        Map<String, ApprovalPart.Content> content = new TreeMap<>();
        parts.forEach((name, part) -> {
            try {
                content.put(name, part.content(release));
            } catch (RuntimeException e) {
                LOG.debug("The part {} of {} cannot be told yet", name, release.key(), e);
            }
        });
        return content;
    }

    /** A part that cannot be told is named; its own reason may speak of single records only. */
    private static ApprovalPart.Content told(String name, ApprovalPart part, Release release) {
        try {
            return part.content(release);
        } catch (RuntimeException e) {
            throw new Refused("The part '" + name + "' cannot be signed as it is: " + sentence(e), e);
        }
    }

    private static String sentence(RuntimeException e) {
        String reason = String.valueOf(e.getMessage());
        return reason.endsWith(".") ? reason : reason + ".";
    }

    /** Every obstacle to touching production, a missing or failing condition among them; empty when there is none. */
    public List<String> obstacles(Release release, ProductionCondition.ProductionTouch touch) {
        List<String> obstacles = new ArrayList<>();
        missing(required.productionConditions(), production)
                .forEach(name -> obstacles.add("Nobody answers for the condition '" + name + "'."));
        production.forEach((name, condition) -> {
            try {
                obstacles.addAll(condition.obstacles(release, touch));
            } catch (RuntimeException e) {
                obstacles.add("The condition '" + name + "' could not be answered: " + sentence(e));
            }
        });
        return obstacles;
    }

    /** The finding of every closing condition by name, a missing or failing one as not met. */
    public Map<String, ClosingCondition.Finding> closingFindings(Release release) {
        Map<String, ClosingCondition.Finding> findings = new TreeMap<>();
        missing(required.closingConditions(), closing)
                .forEach(name -> findings.put(name, notMet("Nobody answers for the condition '" + name + "'.")));
        closing.forEach((name, condition) -> {
            try {
                findings.put(name, condition.evaluate(release));
            } catch (RuntimeException e) {
                findings.put(name, notMet("The condition could not be answered: " + e.getMessage()));
            }
        });
        return findings;
    }

    private static ClosingCondition.Finding notMet(String sentence) {
        return new ClosingCondition.Finding(false, sentence, List.of(sentence));
    }

    private static List<String> missing(List<String> names, Map<String, ?> present) {
        return names.stream().filter(name -> !present.containsKey(name)).toList();
    }

    private static <T> Map<String, T> byName(List<T> all, Function<T, String> name) {
        return all.stream().collect(Collectors.toMap(name, Function.identity(), (a, b) -> a, TreeMap::new));
    }
}
