package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The description of the interface for programs names every call, and how each is refused. */
@GuardedApplication
@SuppressWarnings("NullAway.Init")
class ApiDescriptionScenarioTest {

    @Autowired
    private Callers callers;

    @Autowired
    @Qualifier("requestMappingHandlerMapping") private RequestMappingHandlerMapping mappings;

    @Test
    void everyCallIsDescribedWithItsRefusals() {
        Set<String> ours = new TreeSet<>();
        mappings.getHandlerMethods().forEach((mapping, handler) -> mapping.getPatternValues().stream()
                .filter(path -> path.startsWith("/api/v1/"))
                .forEach(path -> mapping.getMethodsCondition()
                        .getMethods()
                        .forEach(method ->
                                ours.add(method.name() + " " + path.replaceAll("\\{(\\w+):[^}]*}", "{$1}")))));
        assertThat(ours).hasSizeGreaterThan(30);

        HttpResponse<String> answer = callers.program("mara").get("/v3/api-docs");
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode api = callers.read(answer);
        Set<String> described = new TreeSet<>();
        api.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(call -> {
                    assertThat(call.getValue().path("summary").asText())
                            .as(path.getKey())
                            .isNotBlank();
                    assertThat(call.getValue().path("parameters").findValuesAsText("name"))
                            .as(path.getKey())
                            .doesNotContain("viewer", "request", "principal");
                    described.add(call.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
                    assertThat(call.getValue()
                                    .at("/responses/403/content/application~1problem+json/schema/$ref")
                                    .asText())
                            .as(path.getKey())
                            .isEqualTo("#/components/schemas/Problem");
                }));

        assertThat(described).containsAll(ours);
        assertThat(described).allMatch(call -> call.contains(" /api/v1/"));
        assertThat(api.at("/components/schemas/Problem/properties").has("field"))
                .isTrue();
        assertThat(fields(api, "/api/v1/obligations/fulfilment", "post")).containsExactlyInAnyOrder("key", "evidence");
        assertThat(fields(api, "/api/v1/calendars/{calendar}/lift", "post")).containsExactly("reason");
        assertThat(callers.anybody().get("/v3/api-docs").statusCode()).isEqualTo(401);
        assertThat(callers.person("mara").get("/swagger-ui/index.html").statusCode())
                .isNotEqualTo(200);
    }

    /** What the body of a call is said to have. */
    private static List<String> fields(JsonNode api, String path, String method) {
        String schema = api.path("paths")
                .path(path)
                .path(method)
                .at("/requestBody/content/application~1json/schema/$ref")
                .asText();
        assertThat(schema).as(path).isNotBlank();
        List<String> fields = new ArrayList<>();
        api.at(schema.substring(1) + "/properties").fieldNames().forEachRemaining(fields::add);
        return fields;
    }
}
