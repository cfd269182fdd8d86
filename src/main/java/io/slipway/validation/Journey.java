package io.slipway.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The synthetic journey of a system: at the address of production, and in each region that is configured, one after the other. */
final class Journey {

    private final ValidationSettings settings;
    private final String system;

    Journey(ValidationSettings settings, String system) {
        this.settings = settings;
        this.system = system;
    }

    /** Runs it everywhere; where one place fails the others are still looked at. */
    List<StepResult> run(String baseUrl) {
        SyntheticCheck check = new SyntheticCheck(settings.stepsOf(system), settings.timeout());
        Map<String, String> regions = settings.regionsOf(system);
        if (regions.isEmpty()) {
            return check.run(baseUrl);
        }
        List<StepResult> results = new ArrayList<>();
        new TreeMap<>(regions).forEach((region, address) -> check.run(address)
                .forEach(step ->
                        results.add(new StepResult(region + ": " + step.step(), step.request(), step.findings()))));
        return results;
    }
}
