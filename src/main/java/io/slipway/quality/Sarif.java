package io.slipway.quality;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.slipway.platform.text.Beginning;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads SARIF 2.1.0 as a stream, result by result, within limits of depth, length and number.
 *
 * <p>What a tool calls suppressed is counted as a request: only a record that two people of ours made suppresses a finding.
 */
final class Sarif {

    static final int MOST_DEPTH = 200;
    static final int MOST_RESULTS = 50_000;
    private static final int MOST_RUNS = 1_000;
    private static final int MOST_RULES = 50_000;
    private static final int LONGEST_TEXT = 5_000_000;
    private static final int MOST_NAMED = 20;
    private static final int LONGEST_SHOWN = 500;
    private static final int LONGEST_KEPT = 4_000;

    /** What decides over the counts, and must stand in the run itself. */
    private static final List<String> COUNTED = List.of("results", "invocations", "driver", "extensions");

    /** Levels of what a tool tells of itself that mean no loss (3.58.6). */
    private static final Set<String> HARMLESS = Set.of("none", "note", "warning");

    private static final Pattern ARGUMENT = Pattern.compile("\\{([0-9]{1,3})}");

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MOST_DEPTH)
                            .maxStringLength(LONGEST_TEXT)
                            .maxNameLength(LONGEST_KEPT)
                            .build())
                    .build())
            .build();

    private final List<ScanResult> results = new ArrayList<>();
    private final Set<String> tools = new LinkedHashSet<>();
    private final List<String> remarks = new ArrayList<>();
    private @Nullable String version;
    private boolean runsSeen;
    private int runs;
    private int scanned;
    private int gone;

    private Sarif() {}

    /** A rule as its tool describes it. */
    private record Rule(String id, @Nullable String level, JsonNode messages) {}

    /** The driver of a tool or one of its extensions, with the rules that it brings. */
    private static final class Component {

        private String name = "";
        private String guid = "";
        private final List<Rule> rules = new ArrayList<>();
        private final Map<String, Rule> byId = new HashMap<>();
        private final Map<String, Rule> byGuid = new HashMap<>();

        private void add(JsonNode json) {
            Rule rule = new Rule(
                    json.path("id").asText(),
                    json.path("defaultConfiguration").path("level").asText(null),
                    json.path("messageStrings"));
            rules.add(rule);
            byId.putIfAbsent(rule.id(), rule);
            if (json.has("guid")) {
                byGuid.putIfAbsent(json.path("guid").asText(), rule);
            }
        }
    }

    /**
     * How often a tool ran.
     *
     * @param successful whether it came to its end
     * @param failure what it tells of an error of its own, which made the results wrong or incomplete (3.58.6); empty for none
     * @param overrides how its rules were set for that
     */
    private record Invocation(boolean successful, String failure, List<JsonNode> overrides) {}

    /** A run while it is read: results may stand before the rules that explain them. */
    private static final class Run {

        private final Component driver = new Component();
        private final List<Component> extensions = new ArrayList<>();
        private final List<Invocation> invocations = new ArrayList<>();
        private final List<IdentityHashMap<Rule, String>> levels = new ArrayList<>();
        private final List<String> roots = new ArrayList<>();
        private final List<String> files = new ArrayList<>();
        private final List<JsonNode> results = new ArrayList<>();
        private int rules;
        private int overrides;
        private boolean told;

        private String tool() {
            return driver.name;
        }
    }

    /**
     * Reads a report to its end.
     *
     * @throws ReportRefused when it is none, is hostile, or passes a limit
     * @throws IOException when it cannot be read
     */
    static ReadEvidence.Scan read(InputStream report) throws ReportRefused, IOException {
        return new Sarif().parsed(report);
    }

    private ReadEvidence.Scan parsed(InputStream report) throws ReportRefused, IOException {
        try (JsonParser json = JSON.getFactory().createParser(report)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new ReportRefused("The file is no SARIF report: it is no JSON object.");
            }
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String field = json.currentName();
                JsonToken value = json.nextToken();
                switch (field) {
                    case "version" -> version = json.getValueAsString();
                    case "runs" -> runs(json, value);
                    case "inlineExternalProperties" -> inline(json);
                    default -> json.skipChildren();
                }
            }
            if (json.nextToken() != null) {
                throw new ReportRefused("The file goes on after the report's end.");
            }
        } catch (StreamConstraintsException e) {
            throw tooLarge();
        } catch (JsonMappingException e) {
            if (e.getCause() instanceof StreamConstraintsException) {
                throw tooLarge();
            }
            throw noJson(e);
        } catch (JsonProcessingException e) {
            throw noJson(e);
        } catch (CharConversionException e) {
            throw new ReportRefused("The file has bytes that are not of its encoding; please save it as UTF-8.");
        }
        return result();
    }

    /** What runs keep at another place of the same file (SARIF 2.1.0, 3.13.6): it is not read, so it must hold nothing that counts. */
    private static void inline(JsonParser json) throws ReportRefused, IOException {
        JsonNode properties = tree(json);
        for (JsonNode kept : properties.isArray() ? properties : List.of(properties)) {
            for (String what : COUNTED) {
                if (!kept.path(what).isMissingNode()
                        && !kept.path(what).isNull()
                        && !kept.path(what).isEmpty()) {
                    throw new ReportRefused("The report keeps " + what
                            + " outside of its runs ('inlineExternalProperties'); please hand in one that has everything"
                            + " in 'runs'.");
                }
            }
        }
    }

    /** What a run keeps in other files (3.14.2), which nobody handed in; a reference that does not say how much counts as much. */
    private static void elsewhere(JsonParser json) throws ReportRefused, IOException {
        JsonNode references = tree(json);
        for (String what : COUNTED) {
            JsonNode named = references.path(what);
            for (JsonNode reference : named.isArray() ? named : List.of(named)) {
                if (!reference.isMissingNode()
                        && !reference.isNull()
                        && reference.path("itemCount").asInt(-1) != 0) {
                    throw new ReportRefused("A run keeps its " + what
                            + " in other files ('externalPropertyFileReferences'), which are not read; please hand in one"
                            + " report that has everything in it.");
                }
            }
        }
    }

    private static ReportRefused tooLarge() {
        return new ReportRefused("The report is nested deeper than " + MOST_DEPTH
                + " levels or has a text of more than " + LONGEST_TEXT + " characters.");
    }

    private static ReportRefused noJson(JsonProcessingException e) {
        return new ReportRefused("The file is no well-formed JSON"
                + (e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr()) + ".");
    }

    private void runs(JsonParser json, JsonToken value) throws ReportRefused, IOException {
        if (runsSeen) {
            throw new ReportRefused("The report has two lists of runs.");
        }
        array(json, value, "runs");
        runsSeen = true;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (++runs > MOST_RUNS) {
                throw new ReportRefused("The report has more than " + MOST_RUNS + " runs; please split it.");
            }
            run(json);
        }
    }

    private void run(JsonParser json) throws ReportRefused, IOException {
        object(json, json.currentToken(), "a run");
        Run run = new Run();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            switch (field) {
                case "tool" -> tool(json, value, run);
                case "artifacts" -> files(json, value, run);
                case "invocations" -> invocations(json, value, run);
                case "originalUriBaseIds" -> roots(json, value, run);
                case "results" -> results(json, value, run);
                case "inlineExternalProperties" -> inline(json);
                case "externalPropertyFileReferences" -> elsewhere(json);
                default -> json.skipChildren();
            }
        }
        if (run.tool().isEmpty()) {
            throw new ReportRefused("A run does not name its tool ('tool.driver.name').");
        }
        tools.add(run.tool());
        boolean successful = run.invocations.stream().allMatch(Invocation::successful);
        List<String> failures = run.invocations.stream()
                .map(Invocation::failure)
                .filter(failure -> !failure.isEmpty())
                .toList();
        boolean finished = successful && failures.isEmpty();
        if (!run.told) {
            remark("A run of " + run.tool() + " has no list of results, so it did not scan.");
        } else if (finished || !run.results.isEmpty()) {
            scanned++;
        }
        if (!finished) {
            remark("A run of " + run.tool() + " says itself that it "
                    + (successful ? "had an error (" + failures.get(0) + ")" : "did not succeed")
                    + (run.results.isEmpty()
                            ? ", and it found nothing, so it did not scan."
                            : "; it may have missed something."));
        }
        run.invocations.forEach(invocation -> run.levels.add(levels(run, invocation)));
        for (JsonNode result : run.results) {
            if (result.path("baselineState").asText("").equals("absent")) {
                gone++;
            } else {
                results.add(result(run, result));
            }
        }
    }

    private static void tool(JsonParser json, JsonToken value, Run run) throws ReportRefused, IOException {
        object(json, value, "'tool'");
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String field = json.currentName();
            JsonToken inner = json.nextToken();
            if (field.equals("driver")) {
                component(json, inner, run, run.driver);
            } else if (field.equals("extensions") && inner == JsonToken.START_ARRAY) {
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    if (run.extensions.size() >= MOST_RUNS) {
                        throw new ReportRefused("A tool has more than " + MOST_RUNS + " extensions; please split it.");
                    }
                    Component extension = new Component();
                    run.extensions.add(extension);
                    component(json, json.currentToken(), run, extension);
                }
            } else {
                json.skipChildren();
            }
        }
    }

    private static void component(JsonParser json, JsonToken value, Run run, Component component)
            throws ReportRefused, IOException {
        object(json, value, "'tool.driver' or an extension");
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String field = json.currentName();
            JsonToken inner = json.nextToken();
            if (field.equals("name")) {
                component.name = shown(json.getValueAsString(""));
            } else if (field.equals("guid")) {
                component.guid = json.getValueAsString("");
            } else if (field.equals("rules") && inner == JsonToken.START_ARRAY) {
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    if (++run.rules > MOST_RULES) {
                        throw new ReportRefused("The report has more than " + MOST_RULES + " rules; please split it.");
                    }
                    component.add(tree(json));
                }
            } else {
                json.skipChildren();
            }
        }
    }

    private static void invocations(JsonParser json, JsonToken value, Run run) throws ReportRefused, IOException {
        if (value != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (run.invocations.size() >= MOST_RUNS) {
                throw new ReportRefused("A run has more than " + MOST_RUNS + " invocations; please split it.");
            }
            JsonNode invocation = tree(json);
            String directory = invocation.path("workingDirectory").path("uri").asText("");
            if (directory.length() > 1) {
                run.roots.add(directory);
            }
            List<JsonNode> overrides = new ArrayList<>();
            for (JsonNode override : invocation.path("ruleConfigurationOverrides")) {
                if (++run.overrides > MOST_RULES) {
                    throw new ReportRefused(
                            "The report overrides more than " + MOST_RULES + " rules; please split it.");
                }
                overrides.add(override);
            }
            run.invocations.add(new Invocation(
                    invocation.path("executionSuccessful").asBoolean(true), failure(invocation), overrides));
        }
    }

    private static String failure(JsonNode invocation) {
        for (String kind : List.of("toolExecutionNotifications", "toolConfigurationNotifications")) {
            for (JsonNode told : invocation.path(kind)) {
                if (!HARMLESS.contains(told.path("level").asText("warning"))) {
                    String text = shown(told.path("message")
                            .path("text")
                            .asText(told.path("descriptor").path("id").asText("")));
                    return text.isEmpty() ? "it does not say which" : text;
                }
            }
        }
        return "";
    }

    private static void roots(JsonParser json, JsonToken value, Run run) throws IOException {
        if (value != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        tree(json).properties().stream()
                .limit(MOST_NAMED)
                .map(root -> root.getValue().path("uri").asText(""))
                .filter(uri -> uri.length() > 1)
                .forEach(run.roots::add);
    }

    private static void files(JsonParser json, JsonToken value, Run run) throws ReportRefused, IOException {
        if (value != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (run.files.size() >= MOST_RESULTS) {
                throw new ReportRefused("The report names more than " + MOST_RESULTS + " files; please split it.");
            }
            run.files.add(tree(json).path("location").path("uri").asText());
        }
    }

    private void results(JsonParser json, JsonToken value, Run run) throws ReportRefused, IOException {
        if (value == JsonToken.VALUE_NULL) {
            return;
        }
        array(json, value, "results");
        run.told = true;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (results.size() + run.results.size() >= MOST_RESULTS) {
                throw new ReportRefused("The report has more than " + MOST_RESULTS + " results; please split it.");
            }
            object(json, json.currentToken(), "a result");
            run.results.add(tree(json));
        }
    }

    /** One element as a whole; its depth and the length of its texts are bounded. */
    private static JsonNode tree(JsonParser json) throws IOException {
        JsonNode element = JSON.readTree(json);
        return element == null ? JSON.missingNode() : element;
    }

    private static void array(JsonParser json, JsonToken value, String what) throws ReportRefused {
        if (value != JsonToken.START_ARRAY) {
            throw new ReportRefused("'" + what + "' is no list at line "
                    + json.currentLocation().getLineNr() + ".");
        }
    }

    private static void object(JsonParser json, JsonToken value, String what) throws ReportRefused {
        if (value != JsonToken.START_OBJECT) {
            throw new ReportRefused(
                    what + " is no object at line " + json.currentLocation().getLineNr() + ".");
        }
    }

    private ScanResult result(Run run, JsonNode json) {
        Rule rule = rule(run, json);
        String named = json.path("ruleId").asText(json.path("rule").path("id").asText(""));
        JsonNode place = json.path("locations").path(0).path("physicalLocation");
        JsonNode region = place.path("region");
        JsonNode suppressions = json.path("suppressions");
        return new ScanResult(
                run.tool(),
                shown(named.isEmpty() ? rule.id() : named),
                level(run, json, rule),
                kept(message(json, rule)),
                kept(path(run, place.path("artifactLocation"))),
                Math.max(0, region.path("startLine").asInt(0)),
                kept(region.path("snippet").path("text").asText("")),
                fingerprints(json),
                StreamSupport.stream(suppressions.spliterator(), false)
                        .anyMatch(suppression ->
                                !suppression.path("status").asText("").equals("rejected")),
                kept(suppressions.path(0).path("justification").asText("")));
    }

    /** The rule of a result (SARIF 2.1.0, 3.27.5 to 3.27.7): of the component, place, GUID or name that it refers to. */
    private static Rule rule(Run run, JsonNode result) {
        JsonNode reference = result.path("rule");
        return rule(
                run,
                reference.path("toolComponent"),
                result.path("ruleIndex").asInt(reference.path("index").asInt(-1)),
                reference.path("guid").asText(""),
                result.path("ruleId").asText(reference.path("id").asText("")));
    }

    private static Rule rule(Run run, JsonNode toolComponent, int index, String guid, String id) {
        Component component = component(run, toolComponent);
        Rule placed = index >= 0 && index < component.rules.size() ? component.rules.get(index) : null;
        if (placed != null && (id.isEmpty() || id.equals(placed.id()) || id.startsWith(placed.id() + "/"))) {
            return placed;
        }
        List<Component> components = new ArrayList<>();
        components.add(component);
        components.add(run.driver);
        components.addAll(run.extensions);
        for (Component known : components) {
            Rule rule = known.byGuid.get(guid);
            if (rule != null) {
                return rule;
            }
        }
        // A result may name a rule more exactly than the rule itself: CA2101/1/x is of CA2101.
        for (String name = id;
                !name.isEmpty();
                name = name.contains("/") ? name.substring(0, name.lastIndexOf('/')) : "") {
            for (Component known : components) {
                Rule rule = known.byId.get(name);
                if (rule != null) {
                    return rule;
                }
            }
        }
        return placed == null ? new Rule(id, null, JSON.missingNode()) : placed;
    }

    private static Component component(Run run, JsonNode reference) {
        int index = reference.path("index").asInt(-1);
        if (index >= 0 && index < run.extensions.size()) {
            return run.extensions.get(index);
        }
        String guid = reference.path("guid").asText("");
        String name = reference.path("name").asText("");
        return run.extensions.stream()
                .filter(extension -> (!guid.isEmpty() && guid.equals(extension.guid))
                        || (guid.isEmpty() && !name.isEmpty() && name.equals(extension.name)))
                .findFirst()
                .orElse(run.driver);
    }

    private static IdentityHashMap<Rule, String> levels(Run run, Invocation invocation) {
        IdentityHashMap<Rule, String> levels = new IdentityHashMap<>();
        for (JsonNode override : invocation.overrides()) {
            JsonNode descriptor = override.path("descriptor");
            String level = override.path("configuration").path("level").asText("");
            if (!level.isEmpty()) {
                levels.put(
                        rule(
                                run,
                                descriptor.path("toolComponent"),
                                descriptor.path("index").asInt(-1),
                                descriptor.path("guid").asText(""),
                                descriptor.path("id").asText("")),
                        level);
            }
        }
        return levels;
    }

    /** The level that a result has by itself, by how its rule was set for the invocation, or by its rule (3.27.10). */
    private ScanResult.Level level(Run run, JsonNode json, Rule rule) {
        String kind = json.path("kind").asText("fail");
        if (List.of("pass", "notApplicable", "informational").contains(kind)) {
            return ScanResult.Level.NONE;
        }
        String unsaid = rule.level() == null ? "warning" : rule.level();
        if (kind.equals("open") || kind.equals("review")) {
            unsaid = "none";
        } else {
            int invocation = json.path("provenance").path("invocationIndex").asInt(run.levels.size() == 1 ? 0 : -1);
            if (invocation >= 0 && invocation < run.levels.size()) {
                unsaid = run.levels.get(invocation).getOrDefault(rule, unsaid);
            }
        }
        String said = json.path("level").asText(unsaid);
        for (ScanResult.Level level : ScanResult.Level.values()) {
            if (level.name().toLowerCase(Locale.ROOT).equals(said)) {
                return level;
            }
        }
        remark("A result of " + shown(rule.id()) + " has the unknown level '" + shown(said)
                + "', which counts as error.");
        return ScanResult.Level.ERROR;
    }

    /** What a result says: its own text, or that of its rule with the arguments in their places (3.11.7). */
    private static String message(JsonNode json, Rule rule) {
        JsonNode message = json.path("message");
        String id = message.path("id").asText("");
        String text = message.path("text")
                .asText(rule.messages()
                        .path(id)
                        .path("text")
                        .asText(message.path("markdown").asText(id)));
        JsonNode arguments = message.path("arguments");
        return ARGUMENT.matcher(kept(text))
                .replaceAll(place -> Matcher.quoteReplacement(
                        arguments.path(Integer.parseInt(place.group(1))).asText(place.group())));
    }

    private static String path(Run run, JsonNode location) {
        int index = location.path("index").asInt(-1);
        String uri = location.path("uri").asText("");
        return withinSources(run, uri.isEmpty() && index >= 0 && index < run.files.size() ? run.files.get(index) : uri);
    }

    /**
     * The path of a file within the sources, so that a scan in another directory finds the same file: without a root that the run
     * names, else from the folder of the sources on, else the file with two folders.
     */
    private static String withinSources(Run run, String uri) {
        String path = plain(uri);
        if (!isAbsolute(uri)) {
            return path.startsWith("./") ? path.substring(2) : path;
        }
        for (String root : run.roots) {
            String folder = plain(root).replaceFirst("/*$", "/");
            if (isAbsolute(root) && path.startsWith(folder)) {
                return path.substring(folder.length());
            }
        }
        int sources = path.indexOf("/src/");
        if (sources >= 0) {
            return path.substring(sources + 1);
        }
        String[] folders = path.split("/", -1);
        return String.join("/", Arrays.copyOfRange(folders, Math.max(0, folders.length - 3), folders.length));
    }

    private static boolean isAbsolute(String uri) {
        return uri.startsWith("file:") || uri.startsWith("/") || uri.matches("[A-Za-z]:[/\\\\].*");
    }

    private static String plain(String uri) {
        return uri.replaceFirst("^file:/*(?=/|[A-Za-z]:)", "").replace('\\', '/');
    }

    /** Partial fingerprints, or the whole ones where the tool gives only those. */
    private static SortedMap<String, String> fingerprints(JsonNode json) {
        SortedMap<String, String> found = new TreeMap<>();
        for (String field : List.of("partialFingerprints", "fingerprints")) {
            json.path(field).properties().stream()
                    .limit(MOST_NAMED)
                    .forEach(entry -> found.put(
                            kept(entry.getKey()), kept(entry.getValue().asText())));
            if (!found.isEmpty()) {
                break;
            }
        }
        return found;
    }

    private void remark(String sentence) {
        if (remarks.size() < MOST_NAMED) {
            remarks.add(sentence);
        }
    }

    private ReadEvidence.Scan result() throws ReportRefused {
        if (!runsSeen || version == null) {
            throw new ReportRefused(
                    "The file is no SARIF report: " + (version == null ? "'version'" : "'runs'") + " is missing.");
        }
        if (!version.equals("2.1.0")) {
            throw new ReportRefused(
                    "The report is of SARIF version '" + shown(version) + "'; version 2.1.0 is expected.");
        }
        if (scanned == 0) {
            remark("The report has no run that scanned, so it counts as no scan.");
        }
        if (gone > 0) {
            remark(gone + (gone == 1 ? " result is" : " results are")
                    + " of the baseline and no longer there, and not counted.");
        }
        Map<ScanResult.Level, Integer> levels = new HashMap<>();
        results.forEach(result -> levels.merge(result.level(), 1, Integer::sum));
        int requests = (int) results.stream().filter(ScanResult::requested).count();
        if (requests > 0) {
            remark(
                    requests + (requests == 1 ? " result is" : " results are")
                            + " called suppressed by the tool; that is a request, and it counts until two people of ours agree.");
        }
        return new ReadEvidence.Scan(
                new ScanReport(
                        scanned,
                        List.copyOf(tools),
                        levels.getOrDefault(ScanResult.Level.ERROR, 0),
                        levels.getOrDefault(ScanResult.Level.WARNING, 0),
                        levels.getOrDefault(ScanResult.Level.NOTE, 0),
                        levels.getOrDefault(ScanResult.Level.NONE, 0),
                        requests),
                results,
                remarks);
    }

    private static String shown(String text) {
        String plain = text.strip().replaceAll("\\p{Cntrl}", " ");
        return Beginning.marked(plain, LONGEST_SHOWN + 1);
    }

    private static String kept(String text) {
        String plain = text.replaceAll("[\\p{Cntrl}&&[^\\n\\r\\t]]", " ");
        return Beginning.of(plain, LONGEST_KEPT);
    }
}
