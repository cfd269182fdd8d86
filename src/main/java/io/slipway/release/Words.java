package io.slipway.release;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What readers are told instead of the names that records and programs use; a name that is not known here is at least spelt out. */
@Component("words")
public class Words {

    private static final Map<String, String> CONDITIONS = Map.ofEntries(
            Map.entry("live", "What runs is what was deployed"),
            Map.entry("effects", "No effect of a step is unclear"),
            Map.entry("register", "The register names what runs"),
            Map.entry("operability", "Fit for operation"),
            Map.entry("feedback", "Feedback of users"),
            Map.entry("materials", "Material for users"),
            Map.entry("change", "Change ticket"));

    private static final Map<String, String> PARTS = Map.of(
            "metrics", "Success metrics",
            "models", "Process models",
            "plan", "Deployment plan",
            "package", "Package",
            "quality", "Quality gates",
            "window", "Window");

    /** The label of a closing condition. */
    public String condition(String name) {
        return CONDITIONS.getOrDefault(name, spelt(name));
    }

    /** The label of a part of what is approved. */
    public String part(String name) {
        return PARTS.getOrDefault(name, spelt(name));
    }

    /** The label of a group of the engine, with the place behind it where it is held there only. */
    public String group(String id) {
        int at = id.indexOf('@');
        String role = at < 0 ? id : id.substring(0, at);
        String label = Arrays.stream(Role.values())
                .filter(known -> known.group().equals(role))
                .map(Role::label)
                .findFirst()
                .orElseGet(() -> role.equals("camunda-admin") ? "Administrator of the engine" : spelt(role));
        return at < 0 ? label : label + " of " + id.substring(at + 1).replace(".", " in ");
    }

    /** What a message is about. */
    public String kind(String kind) {
        return kind.equals("task.opened") ? "New task" : spelt(kind);
    }

    private static String spelt(String name) {
        String words = name.replace('.', ' ').replace('-', ' ').replace('_', ' ');
        return words.isEmpty() ? words : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
