package io.slipway.platform.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.platform.data.ListTotal;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.jackson.TypeNameResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.lang3.StringUtils;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Describes the interface for programs at {@code /v3/api-docs}: who may call it, and how refusals are told everywhere (RFC 9457). */
@Configuration(proxyBeanMethods = false)
class ApiDescription {

    private static final String PROBLEM = "Problem";

    static {
        // Who calls is known from the credentials; it is not an input.
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Viewer.class);
    }

    private static final Map<String, String> REFUSALS = Map.of(
            "400", "An input is not acceptable; 'field' names it and 'detail' says the remedy.",
            "401", "Nobody is signed in.",
            "403", "The roles of the caller do not allow this.",
            "404", "There is nothing here, or the caller may not know of it.",
            "409", "Somebody else changed this at the same moment.");

    @Bean
    OpenAPI description() {
        return new OpenAPI()
                .info(
                        new Info()
                                .title("Slipway")
                                .version("v1")
                                .description(
                                        "Releases from scope to closure, for programs. Moments are ISO 8601 in UTC. Lists are paged, and"
                                                + " there is a next page while 'page' + 1 is less than 'pages'. 'total' and 'pages' tell of"
                                                + " the whole list where 'exact' is true, as it is up to "
                                                + ListTotal.BOUND
                                                + " rows; longer lists are counted no further than to one row behind the page."))
                .components(new Components()
                        .addSecuritySchemes(
                                "basic",
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("basic")))
                .addSecurityItem(new SecurityRequirement().addList("basic"));
    }

    /**
     * Names what a call takes and answers by the class that it stands in as well: a reason to withdraw a booking and a reason to lift a
     * calendar are two things, and under one name the description would tell of one of them only.
     */
    @Bean
    ModelResolver namesOfTheirOwn(ObjectMapper json) {
        return new ModelResolver(json, new TypeNameResolver() {
            @Override
            protected String getNameOfClass(Class<?> type) {
                Class<?> around = type.getEnclosingClass();
                return around == null || !type.getName().startsWith("io.slipway.")
                        ? super.getNameOfClass(type)
                        : StringUtils.removeEnd(around.getSimpleName(), "Api") + type.getSimpleName();
            }
        });
    }

    private static Schema<?> problem() {
        return new ObjectSchema()
                .description("What was refused and what remedies it (RFC 9457).")
                .addProperty("title", new StringSchema())
                .addProperty("status", new Schema<Integer>().type("integer"))
                .addProperty("detail", new StringSchema().description("One sentence that names the remedy."))
                .addProperty("instance", new StringSchema().format("uri"))
                .addProperty("field", new StringSchema().description("The input at fault, where one is."))
                .addProperty(
                        "reference", new StringSchema().description("Found again in the log, where Slipway failed."));
    }

    /** Every call may be refused in the same ways. */
    @Bean
    OpenApiCustomizer refusals() {
        return api -> {
            // Added here, because what nothing refers to before is taken out.
            api.getComponents().addSchemas(PROBLEM, problem());
            describe(api);
        };
    }

    /** What a call does, in words: its method is named after it, such as {@code requestTradeOff}. */
    @Bean
    OperationCustomizer callsInWords() {
        return (operation, handler) -> {
            String words = StringUtils.join(
                            StringUtils.splitByCharacterTypeCamelCase(
                                    handler.getMethod().getName()),
                            ' ')
                    .toLowerCase(Locale.ROOT);
            return operation.summary(StringUtils.capitalize(words));
        };
    }

    private static void describe(OpenAPI api) {
        api.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .forEach(operation -> REFUSALS.forEach((status, sentence) -> {
                    if (!operation.getResponses().containsKey(status)) {
                        operation
                                .getResponses()
                                .addApiResponse(
                                        status,
                                        new ApiResponse()
                                                .description(sentence)
                                                .content(new Content()
                                                        .addMediaType(
                                                                "application/problem+json",
                                                                new MediaType()
                                                                        .schema(new Schema<>()
                                                                                .$ref("#/components/schemas/"
                                                                                        + PROBLEM)))));
                    }
                }));
    }
}
