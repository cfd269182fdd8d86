package io.slipway.scenario;

import io.slipway.demo.SampleLandscape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every page and every call of the API that reads, as the controllers say, and with what each can be asked. */
@TestComponent
public class ReadAddresses {

    /** What stays open, moves on to another address, or belongs to somebody alone. */
    static final Set<String> NOT_ASKED = Set.of(
            "/",
            "/login",
            "/acknowledge/{id}",
            "/confirm/{task}",
            "/releases/{key}/live/events",
            "/audit/export",
            "/changes/export",
            "/findings/{number}",
            "/api/v1/findings/{number}",
            "/team-dependencies/{id}",
            "/releases/new",
            "/releases/{key}/copy",
            "/privacy",
            "/api/v1/releases/{key}/migrations",
            "/api/v1/changes/export",
            "/api/v1/audit/export",
            "/privacy/copy",
            "/api/v1/privacy/copy",
            "/reports/export",
            "/api/v1/reports/export",
            "/api/v1/communications/export.csv",
            "/api/v1/communications/export.json",
            "/api/v1/milestones.csv",
            "/api/v1/milestones.ics",
            "/api/v1/calendar.ics",
            "/releases/{key}/summary.pdf",
            "/models/{kind}/{key}/{version}",
            "/models/{kind}/{key}/{version}/{side:proposed|accepted}",
            "/api/v1/releases/{key}/processes/{instance}",
            "/api/v1/releases/{key}/processes/{instance}/drawing",
            "/outbox/{id}",
            "/outbox/{id}/html",
            "/api/v1/scripts/{system}",
            "/api/v1/cut-over/{system}");

    /** What is no list, with the statements that it may take; they depend on no number of rows. */
    static final Map<String, Integer> OTHERS = Map.ofEntries(
            Map.entry("/releases/{key}", 150),
            Map.entry("/releases/{key}/packaging", 26),
            Map.entry("/releases/{key}/scope", 45),
            Map.entry("/releases/{key}/summary", 80),
            Map.entry("/api/v1/releases/{key}/summary", 80),
            Map.entry("/api/v1/releases/{key}/cut-over", 18),
            Map.entry("/api/v1/releases/{key}/deployment/plan", 20),
            Map.entry("/api/v1/releases/{key}/packaging", 20),
            Map.entry("/api/v1/releases/{key}/packaging/chain", 9),
            Map.entry("/api/v1/releases/{key}/packaging/configuration", 12),
            Map.entry("/api/v1/releases/{key}/quality", 13),
            Map.entry("/api/v1/releases/{key}/risk", 15),
            Map.entry("/api/v1/releases/{key}/schedule", 18),
            Map.entry("/api/v1/releases/{key}/scope/exit-criteria", 16),
            Map.entry("/api/v1/versions/next/{system}", 8),
            Map.entry("/versions/next/{system}", 9),
            Map.entry("/api/v1/reports", 10),
            Map.entry("/reports", 10),
            Map.entry("/releases/{key}/closure", 30),
            Map.entry("/releases/{key}/review", 15),
            Map.entry("/releases/{key}/feedback", 15),
            Map.entry("/releases/{key}/operability", 15),
            Map.entry("/releases/{key}/live", 25),
            Map.entry("/releases/{key}/live/sheet", 25),
            Map.entry("/api/v1/releases/{key}/live", 25),
            Map.entry("/api/v1/releases/{key}/closure", 30),
            Map.entry("/api/v1/releases/{key}/operability", 15),
            Map.entry("/api/v1/releases/{key}/scope/class", 8),
            Map.entry("/api/v1/releases/{key}/verification", 8),
            Map.entry("/api/v1/releases/{key}/feedback", 8),
            Map.entry("/releases/{key}/preparation", 14),
            Map.entry("/compliance", 8),
            Map.entry("/api/v1/compliance", 8));

    /** What the filters of lists are asked for. */
    static final Map<String, String> FILTERS = Map.ofEntries(
            Map.entry("system", SampleLandscape.SYSTEM),
            Map.entry("text", SampleLandscape.SYSTEM),
            Map.entry("release", "storefront-2.4.0"),
            Map.entry("ticket", "CHG-1"),
            Map.entry("person", "mara"),
            Map.entry("action", "scope.importItems"),
            Map.entry("from", "2026-01-01"),
            Map.entry("to", "2026-12-31"),
            Map.entry("state", "OPEN"),
            Map.entry("kind", "WAIVER"),
            Map.entry("owner", "qa"),
            Map.entry("rule", "SKIPPED_CONTROL"),
            Map.entry("severity", "WARNING"),
            Map.entry("outcome", "SUCCESSFUL"),
            Map.entry("month", "2026-12"),
            Map.entry("number", "1"));

    /** Parameters that choose no rows, or a place in a list. */
    static final Set<String> NO_FILTERS =
            Set.of("page", "size", "sort", "order", "format", "mark", "until", "at", "on", "since", "before");

    private final RequestMappingHandlerMapping mappings;

    ReadAddresses(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mappings) {
        this.mappings = mappings;
    }

    /** Every address of ours that is read. */
    Map<String, HandlerMethod> reads() {
        Map<String, HandlerMethod> reads = new TreeMap<>();
        mappings.getHandlerMethods().forEach((mapping, handler) -> {
            if (handler.getBeanType().getName().startsWith("io.slipway.")
                    && mapping.getMethodsCondition().getMethods().contains(RequestMethod.GET)) {
                mapping.getPatternValues().forEach(pattern -> reads.put(pattern, handler));
            }
        });
        return reads;
    }

    static List<String> parameters(HandlerMethod handler) {
        return Arrays.stream(handler.getMethodParameters())
                .filter(parameter -> parameter.hasParameterAnnotation(RequestParam.class))
                .map(parameter ->
                        Objects.requireNonNull(parameter.getParameter().getName()))
                .toList();
    }

    /** The lists, by what they are mapped to; what is no list, or belongs to somebody alone, is left out. */
    public List<String> lists() {
        return reads().keySet().stream()
                .filter(pattern -> !NOT_ASKED.contains(pattern) && !OTHERS.containsKey(pattern))
                .toList();
    }

    /** An address of a release: that of a mapping, with something in each place of it. */
    public static String of(String pattern, String release) {
        return pattern.replace("{key}", release)
                .replace("{system}", SampleLandscape.SYSTEM)
                .replaceAll("\\{[^}]+}", "1");
    }

    /** The first page, one in the middle, and one of each filter. */
    static List<String> each(String pattern, String release, List<String> parameters) {
        String address = of(pattern, release);
        List<String> addresses = new ArrayList<>(List.of(address));
        if (parameters.contains("page")) {
            addresses.add(address + "?page=" + (pattern.contains("{key}") ? 1 : 100));
        }
        parameters.stream()
                .filter(FILTERS::containsKey)
                .map(name -> address + "?" + name + "=" + FILTERS.get(name))
                .forEach(addresses::add);
        return addresses;
    }
}
