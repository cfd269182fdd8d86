package io.slipway.validation;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.slipway.platform.data.Canonical;
import io.slipway.platform.text.Beginning;
import io.slipway.validation.StepResult.Finding;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.connect.ConnectorException;
import org.camunda.connect.Connectors;
import org.camunda.connect.httpclient.HttpConnector;
import org.camunda.connect.httpclient.HttpRequest;
import org.camunda.connect.httpclient.HttpResponse;

/**
 * Uses a service the way its users do: several exchanges, each with what it must find, through the configured Camunda Connect
 * client. Every request carries a header by which the service and its metrics can tell it from real traffic.
 */
final class SyntheticCheck {

    /** Marks every request. */
    static final String MARKER = "X-Slipway-Synthetic";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z][A-Za-z0-9]*)}");
    private static final int LONGEST_FOUND = 200;

    private final List<CheckStep> steps;
    private final Duration timeout;

    SyntheticCheck(List<CheckStep> steps, Duration timeout) {
        this.steps = steps;
        this.timeout = timeout;
    }

    /** Runs the steps in order and stops after the first that finds something else than it expects. */
    List<StepResult> run(String baseUrl) {
        List<StepResult> results = new ArrayList<>();
        Map<String, String> values = new HashMap<>();
        for (CheckStep step : steps) {
            StepResult result = run(step, baseUrl, values);
            results.add(result);
            if (!result.passed()) {
                break;
            }
        }
        return results;
    }

    private StepResult run(CheckStep step, String baseUrl, Map<String, String> values) {
        List<Finding> findings = new ArrayList<>();
        String url = baseUrl + filled(step.path(), values, SyntheticCheck::inPath, findings);
        String body = step.body() == null ? "" : filled(step.body(), values, SyntheticCheck::inJson, findings);
        String request = step.method() + " " + url;
        if (!findings.isEmpty()) {
            return new StepResult(step.name(), request, findings);
        }
        try {
            HttpResponse response = exchange(step.method(), url, body);
            try {
                look(step, response, values, findings);
            } finally {
                response.close();
            }
        } catch (ConnectorException e) {
            findings.add(Finding.of("answer", "an answer", cause(e)));
        }
        return new StepResult(step.name(), request, findings);
    }

    private HttpResponse exchange(CheckStep.Method method, String url, String body) {
        HttpConnector connector = Connectors.getConnector(HttpConnector.ID);
        HttpRequest request = connector
                .createRequest()
                .url(url)
                .method(method.name())
                .header(MARKER, "true")
                .header("Accept", "application/json")
                .configOption("socket-timeout", Math.toIntExact(timeout.toMillis()))
                .configOption("connection-timeout", Math.toIntExact(timeout.toMillis()));
        if (!body.isEmpty()) {
            request.contentType("application/json").payload(body);
        }
        return request.execute();
    }

    private static void look(
            CheckStep step, HttpResponse response, Map<String, String> values, List<Finding> findings) {
        findings.add(Finding.of("status", String.valueOf(step.status()), String.valueOf(response.getStatusCode())));
        if (step.expect().isEmpty() && step.extract().isEmpty()) {
            return;
        }
        String text = response.getResponse() == null ? "" : response.getResponse();
        JsonNode answer;
        try {
            answer = Canonical.read(text);
        } catch (IllegalArgumentException e) {
            findings.add(Finding.of("answer", "JSON", brief(text)));
            return;
        }
        for (CheckStep.Expectation expectation : step.expect()) {
            JsonNode node = at(answer, expectation.pointer());
            findings.add(new Finding(
                    expectation.pointer(), expectation.equal(), shown(node), same(node, expectation.equal())));
        }
        for (CheckStep.Extraction extraction : step.extract()) {
            JsonNode node = at(answer, extraction.pointer());
            boolean usable = node.isValueNode() && !node.isNull();
            findings.add(new Finding(extraction.pointer(), "a value", shown(node), usable));
            values.put(extraction.name(), node.asText());
        }
    }

    private static JsonNode at(JsonNode answer, String pointer) {
        JsonNode node = answer == null ? MissingNode.getInstance() : answer;
        return node.at(JsonPointer.compile(pointer));
    }

    private static boolean same(JsonNode node, String expected) {
        if (node.isNumber()) {
            try {
                return node.decimalValue().compareTo(new BigDecimal(expected)) == 0;
            } catch (NumberFormatException e) {
                return false;
            }
        }
        return node.isValueNode() && node.asText().equals(expected);
    }

    private static String shown(JsonNode node) {
        if (node.isMissingNode()) {
            return "nothing";
        }
        return brief(node.isValueNode() ? node.asText() : node.toString());
    }

    private static String brief(String text) {
        return Beginning.marked(text, LONGEST_FOUND + 1);
    }

    private static String filled(
            String text, Map<String, String> values, UnaryOperator<String> encode, List<Finding> findings) {
        Matcher matcher = PLACEHOLDER.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (matcher.find()) {
            String value = values.get(matcher.group(1));
            if (value == null) {
                findings.add(Finding.of("{" + matcher.group(1) + "}", "a value of an earlier step", "nothing"));
            }
            matcher.appendReplacement(
                    filled, Matcher.quoteReplacement(value == null ? matcher.group() : encode.apply(value)));
        }
        matcher.appendTail(filled);
        return filled.toString();
    }

    private static String inPath(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String inJson(String value) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(value));
    }

    private static String cause(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return brief(root.getClass().getSimpleName() + ": " + root.getMessage());
    }
}
