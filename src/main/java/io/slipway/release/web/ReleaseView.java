package io.slipway.release.web;

import io.slipway.platform.process.AwaitedPlaces;
import io.slipway.platform.process.OpenWork;
import io.slipway.platform.process.ProcessRecords;
import io.slipway.platform.security.People;
import io.slipway.platform.web.Viewer;
import io.slipway.release.EnvironmentBookings;
import io.slipway.release.Landscape;
import io.slipway.release.ManagedSystem;
import io.slipway.release.Reader;
import io.slipway.release.Release;
import io.slipway.release.ReleaseDesk;
import io.slipway.release.ReleaseFilter;
import io.slipway.release.process.PromoteToEnvironmentProcess;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;
import org.springframework.stereotype.Component;

/** Gathers what pages and API tell of releases, a whole page at a time. */
@Component
class ReleaseView {

    private final ReleaseDesk desk;
    private final Landscape landscape;
    private final OpenWork work;
    private final AwaitedPlaces places;
    private final EnvironmentBookings bookings;
    private final ProcessRecords records;
    private final People people;

    ReleaseView(
            ReleaseDesk desk,
            Landscape landscape,
            OpenWork work,
            AwaitedPlaces places,
            EnvironmentBookings bookings,
            ProcessRecords records,
            People people) {
        this.desk = desk;
        this.landscape = landscape;
        this.work = work;
        this.places = places;
        this.bookings = bookings;
        this.records = records;
        this.people = people;
    }

    static Reader reader(Viewer viewer) {
        return new Reader(viewer.person(), viewer.groups());
    }

    /** Systems by key, by name. */
    Map<String, String> systems() {
        return namesOf(landscape.systems());
    }

    /** Systems with what is said about them. */
    List<ManagedSystem> allSystems() {
        return landscape.systems();
    }

    static Map<String, String> namesOf(List<ManagedSystem> systems) {
        return systems.stream()
                .collect(Collectors.toMap(ManagedSystem::key, ManagedSystem::name, (a, b) -> a, LinkedHashMap::new));
    }

    /**
     * A page of releases with what they wait for: three statements, however many releases there are, and two more when some of them
     * wait for environments. What goes on beside a release that has ended is told as well.
     */
    Page<ReleaseRow> list(ReleaseFilter filter, Pageable page, Map<String, String> systems, Viewer viewer) {
        Page<Release> found = desk.list(filter, page, reader(viewer));
        Map<String, List<OpenWork.Wait>> waits =
                work.of(found.getContent().stream().map(Release::key).toList());
        Map<String, List<WaitLine>> lines = new HashMap<>();
        found.forEach(release -> lines.put(release.key(), WaitLine.of(waits.get(release.key()), viewer)));
        Map<String, String> systemOf = found.stream().collect(Collectors.toMap(Release::key, Release::system));
        List<WaitLine> told =
                withHolders(lines.values().stream().flatMap(List::stream).toList(), systemOf);
        Map<String, List<WaitLine>> byKey = told.stream()
                .collect(Collectors.groupingBy(line -> line.source().businessKey()));
        return found.map(release -> new ReleaseRow(
                release,
                systems.getOrDefault(release.system(), release.system()),
                byKey.getOrDefault(release.key(), List.of())));
    }

    /** Whoever waits for an environment is told which it is, who holds it and since when they wait. */
    private List<WaitLine> withHolders(List<WaitLine> lines, Map<String, String> systemOf) {
        Set<String> promotions = lines.stream()
                .filter(ReleaseView::awaitsEnvironment)
                .map(line -> line.source().instance())
                .collect(Collectors.toSet());
        Map<String, AwaitedPlaces.Place> awaited = places.of(promotions, PromoteToEnvironmentProcess.ENVIRONMENT);
        Map<EnvironmentBookings.Place, String> holders = bookings.holders(lines.stream()
                .filter(line -> awaited.containsKey(line.source().instance()))
                .map(line -> place(line, awaited, systemOf))
                .collect(Collectors.toSet()));
        return lines.stream()
                .map(line -> {
                    AwaitedPlaces.Place at = awaited.get(line.source().instance());
                    if (at == null || !awaitsEnvironment(line)) {
                        return line;
                    }
                    String holder = holders.get(place(line, awaited, systemOf));
                    return line.waitingFor(
                            holder == null
                                    ? "Environment " + at.place() + ", free again"
                                    : "Environment " + at.place() + ", held by " + holder,
                            at.since());
                })
                .toList();
    }

    private static EnvironmentBookings.Place place(
            WaitLine line, Map<String, AwaitedPlaces.Place> awaited, Map<String, String> systemOf) {
        return new EnvironmentBookings.Place(
                Objects.requireNonNull(systemOf.get(line.source().businessKey())),
                Objects.requireNonNull(awaited.get(line.source().instance())).place());
    }

    private static boolean awaitsEnvironment(WaitLine line) {
        return line.kind() == OpenWork.Kind.TIMER
                && PromoteToEnvironmentProcess.Element.ENVIRONMENT_AWAITED
                        .id()
                        .equals(line.source().element());
    }

    /** What one release waits for, with the labels of steps looked up in their models. */
    List<WaitLine> waits(Release release, Viewer viewer) {
        List<OpenWork.Wait> waits = work.of(List.of(release.key())).getOrDefault(release.key(), List.of());
        Map<String, Map<String, String>> labels = new HashMap<>();
        waits.stream()
                .filter(wait -> wait.element() != null && wait.name() == null)
                .collect(Collectors.groupingBy(
                        OpenWork.Wait::definition,
                        Collectors.mapping(wait -> Objects.requireNonNull(wait.element()), Collectors.toSet())))
                .forEach((definition, elements) -> labels.put(definition, records.labels(definition, elements)));
        return withHolders(WaitLine.of(waits, viewer), Map.of(release.key(), release.system())).stream()
                .map(line -> labelled(line, labels))
                .toList();
    }

    private static WaitLine labelled(WaitLine line, Map<String, Map<String, String>> labels) {
        String element = line.source().element();
        if (!line.what().isEmpty() || element == null) {
            return line;
        }
        String label = labels.getOrDefault(line.source().definition(), Map.of()).getOrDefault(element, element);
        return new WaitLine(
                line.kind(), line.id(), label, line.who(), line.since(), line.due(), line.mine(), line.source());
    }

    /** The names of processes, by the definitions of what is waited for. */
    Map<String, String> processes(List<WaitLine> waits) {
        return records.processNames(
                waits.stream().map(line -> line.source().definition()).collect(Collectors.toSet()));
    }

    /** A page of what happened in the processes of a release. */
    Page<ProcessRecords.Step> history(Release release, Pageable page, boolean latestFirst) {
        return release.processInstanceId()
                .map(root -> records.steps(root, page, latestFirst))
                .orElseGet(() -> new PageImpl<>(List.of(), page, 0));
    }

    /** A page of the processes of a release, called ones and those beside it included. */
    Page<ProcessRecords.Instance> processes(Release release, Pageable page) {
        return release.processInstanceId()
                .map(root -> records.instances(release.key(), root, page))
                .orElseGet(() -> new PageImpl<>(List.of(), page, 0));
    }

    /** Names of the people who took these steps. */
    Map<String, String> names(List<ProcessRecords.Step> steps) {
        return people.names(steps.stream()
                .map(ProcessRecords.Step::person)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet()));
    }

    /** Reads the parameter {@code sort}. */
    static Sort sort(String text) {
        return ReleaseFilter.Order.sort(text);
    }
}
