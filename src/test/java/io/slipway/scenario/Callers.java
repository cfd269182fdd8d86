package io.slipway.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.demo.SamplePeople;
import io.slipway.testing.Visitor;
import java.net.http.HttpResponse;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/** The people of the sample as callers over HTTP, and what they send. */
@TestComponent
class Callers {

    private final Environment environment;
    private final ProcessEngine engine;
    private final SamplePeople people;
    private final ObjectMapper json;

    Callers(Environment environment, @Lazy ProcessEngine engine, SamplePeople people, ObjectMapper json) {
        this.environment = environment;
        this.engine = engine;
        this.people = people;
        this.json = json;
    }

    /** Opaque id of somebody. */
    String id(String login) {
        return people.idOf(people.named(login));
    }

    /** Nobody in particular. */
    Visitor anybody() {
        return Visitor.of(port());
    }

    /** Somebody's program, with HTTP basic. */
    Visitor program(String login) {
        return Visitor.program(port(), login, SamplePeople.PASSWORD);
    }

    /** Somebody who has signed in on the page. */
    Visitor person(String login) {
        Visitor visitor = anybody();
        HttpResponse<String> answer = visitor.signIn(login, SamplePeople.PASSWORD);
        if (answer.statusCode() != 302
                || answer.headers().firstValue("Location").orElse("").contains("/login")) {
            throw new AssertionError(login + " could not sign in: " + answer);
        }
        return visitor;
    }

    /**
     * Somebody in Tasklist: signed in on the page, with the token against forged requests that Tasklist got with its first page and
     * sends with every change.
     */
    Visitor inTasklist(String login) {
        Visitor visitor = person(login);
        visitor.get("/camunda/app/tasklist/" + engine.getName() + "/");
        String token = visitor.cookie("XSRF-TOKEN")
                .orElseThrow(() -> new AssertionError("Tasklist gave " + login + " no token"));
        return visitor.with("X-XSRF-TOKEN", token);
    }

    /** Address of the engine's interface for programs. */
    String rest(String path) {
        return "/engine-rest/engine/" + engine.getName() + path;
    }

    /** Address of the same interface as the web applications use it. */
    String webApp(String path) {
        return "/camunda/api/engine/engine/" + engine.getName() + path;
    }

    /** A body with these variables, as forms and completions carry them. */
    String variables(Map<String, Object> values) {
        return write(Map.of("variables", typed(values)));
    }

    /** Variables as the engine's interface writes them. */
    static Map<String, Object> typed(Map<String, Object> values) {
        return values.entrySet().stream()
                .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, entry -> typed(entry.getValue())));
    }

    private static Map<String, Object> typed(Object value) {
        if (value instanceof Integer) {
            return Map.of("value", value, "type", "Integer");
        }
        return Map.of("value", value, "type", value instanceof Boolean ? "Boolean" : "String");
    }

    /** JSON text of something. */
    String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON", e);
        }
    }

    /** JSON of an answer. */
    JsonNode read(HttpResponse<String> answer) {
        try {
            return json.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(answer + " is no JSON: " + answer.body(), e);
        }
    }

    private int port() {
        return environment.getRequiredProperty("local.server.port", Integer.class);
    }
}
