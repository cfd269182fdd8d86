package io.slipway.platform.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads a form before the engine takes it: its fields are the inputs of the task behind it. */
final class FormCheck {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** Those that people fill in; the others show something. */
    private static final Set<String> FIELDS = Set.of(
            "textfield",
            "textarea",
            "number",
            "datetime",
            "checkbox",
            "checklist",
            "radio",
            "select",
            "taglist",
            "dynamiclist",
            "expression",
            "filepicker");

    private FormCheck() {}

    static List<ModelFault> faults(String key, byte[] content, UserTasks tasks) {
        JsonNode form;
        try {
            form = JSON.readTree(content);
        } catch (JsonProcessingException e) {
            return List.of(new ModelFault(null, "The file is no form: " + e.getOriginalMessage()));
        } catch (IOException e) {
            return List.of(new ModelFault(null, "The file is no form: " + e.getMessage()));
        }
        if (!form.isObject() || !form.path("components").isArray()) {
            return List.of(new ModelFault(null, "The file is no form; please save it with Camunda Modeler."));
        }
        List<ModelFault> faults = new ArrayList<>();
        if (!form.path("id").asText().equals(key)) {
            faults.add(new ModelFault(
                    null,
                    "The form '" + form.path("id").asText() + "' stands in the file " + key
                            + ".form; a file bears the key of its form."));
        }
        Set<String> fields = new HashSet<>();
        fields(form.path("components"), fields);
        tasks.all().stream()
                .filter(handler -> formOf(handler.task()).equals(key))
                .forEach(handler -> fields.stream()
                        .filter(field -> !handler.inputs().contains(field))
                        .forEach(field -> faults.add(new ModelFault(
                                field,
                                "The field '" + field + "' is no input of " + handler.task() + "; the task takes "
                                        + String.join(", ", handler.inputs()) + "."))));
        return faults;
    }

    private static void fields(JsonNode components, Set<String> fields) {
        for (JsonNode component : components) {
            if (component.has("key") && FIELDS.contains(component.path("type").asText())) {
                fields.add(component.get("key").asText());
            }
            fields(component.path("components"), fields);
        }
    }

    /** A form bears the name of its task, in the way in which files are named. */
    private static String formOf(String task) {
        return task.substring(task.indexOf('_') + 1)
                .replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                .toLowerCase(Locale.ROOT);
    }
}
