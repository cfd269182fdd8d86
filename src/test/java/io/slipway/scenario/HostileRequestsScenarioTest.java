package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.Capability;
import io.slipway.demo.SamplePeople;
import io.slipway.demo.SamplePeople.SamplePerson;
import io.slipway.release.Role;
import io.slipway.testing.Visitor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/**
 * What nobody means well: bodies that go too deep, are no JSON, or hold other types than they should, and pages that do not exist, sent
 * to every call of the API by somebody who may make it. Each is answered by a problem that names what is wrong, never by a failure.
 */
@GuardedApplication
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
@Capability("X5")
class HostileRequestsScenarioTest {

    private static final String VERSION = "9.79.0";
    private static final String KEY = "storefront-" + VERSION;

    private static final Map<String, String> BODIES = new TreeMap<>(Map.of(
            "a million levels of lists", "[".repeat(1_000_000),
            "a million levels of objects", "{\"a\":".repeat(1_000_000),
            "half an object", "{\"name\":",
            "a list", "[1,2,3]",
            "nothing", "null",
            "a number for everything", "7",
            "no JSON", "name=value"));

    /** A call of the API with somebody who may make it. */
    private record Call(String method, String path, SamplePerson who) {}

    @Autowired
    private ApplicationContext application;

    @Autowired
    private SamplePeople people;

    @Autowired
    private Callers callers;

    @Autowired
    private EngineByHand hand;

    private final List<Call> calls = new ArrayList<>();
    private final List<Call> lists = new ArrayList<>();

    @BeforeAll
    void readTheTableOfRights() throws IOException {
        ReleaseStory.requestedBy(people.named("mara"), VERSION, "2.4.0", application)
                .movedBy(hand::turn)
                .awaited("userTask_supplyItems");
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                HostileRequestsScenarioTest.class.getResourceAsStream("rights.csv"), StandardCharsets.UTF_8))) {
            List<String> rows = in.lines().filter(line -> !line.startsWith("#")).toList();
            List<String> roles = Arrays.stream(rows.get(0).split(",")).skip(2).toList();
            for (String row : rows.subList(1, rows.size())) {
                String[] cells = row.split(",", -1);
                int allowed = Arrays.asList(cells).subList(2, cells.length).indexOf("+");
                if (allowed < 0) {
                    continue;
                }
                SamplePerson who = people.all().stream()
                        .filter(person -> person.role()
                                .equals(Role.ofGroup(roles.get(allowed)).orElseThrow()))
                        .findFirst()
                        .orElseThrow();
                String[] words = cells[1].split(" ", -1);
                if (cells[0].equals("call") && words.length > 2 && words[2].equals("application/json")) {
                    calls.add(new Call(words[0], filled(words[1]), who));
                } else if (cells[0].equals("get")) {
                    lists.add(new Call("GET", filled(cells[1]), who));
                } else if (cells[0].equals("ask")) {
                    calls.add(new Call(
                            "POST",
                            "/api/v1/releases" + (cells[1].equals("request") ? "" : "/" + KEY + "/" + cells[1]),
                            who));
                }
            }
        }
    }

    private static String filled(String path) {
        return path.replace("{key}", KEY).replaceAll("\\{[a-z]+}", "00000000-0000-4000-8000-000000000000");
    }

    @Test
    void everyCallRefusesHostileBodies() {
        List<String> wrong = new ArrayList<>();
        assertThat(calls).hasSizeGreaterThan(5);
        for (Call call : calls) {
            Visitor program = callers.program(call.who().login());
            BODIES.forEach((what, body) -> {
                HttpResponse<String> answer = program.json(call.method(), call.path(), body);
                if (!refusedWithAProblem(answer)) {
                    wrong.add(call.method() + " " + call.path() + " with " + what + " by " + call.who()
                            + " was answered " + answer.statusCode() + " " + start(answer));
                }
            });
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyListRefusesOrMendsPagesThatDoNotExist() {
        List<String> wrong = new ArrayList<>();
        assertThat(lists).hasSizeGreaterThan(8);
        for (Call call : lists) {
            Visitor program = callers.program(call.who().login());
            for (String query :
                    List.of("page=-1", "size=1000000000", "page=abc", "size=0", "page=99999999", "text=%00")) {
                HttpResponse<String> answer = program.get(call.path() + "?" + query);
                boolean fine = answer.statusCode() == 200 || refusedWithAProblem(answer);
                if (!fine) {
                    wrong.add(call.path() + "?" + query + " was answered " + answer.statusCode() + " " + start(answer));
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static boolean refusedWithAProblem(HttpResponse<String> answer) {
        return answer.statusCode() >= 400
                && answer.statusCode() < 500
                && answer.headers().firstValue("Content-Type").orElse("").contains("application/problem+json")
                && answer.body().contains("\"detail\"");
    }

    private static String start(HttpResponse<String> answer) {
        return answer.headers().firstValue("Content-Type").orElse("") + " "
                + answer.body().substring(0, Math.min(160, answer.body().length()));
    }
}
