package io.slipway.release.web;

import io.slipway.platform.process.OpenWork;
import io.slipway.platform.process.ProcessRecords;
import io.slipway.platform.security.People;
import io.slipway.platform.web.Viewer;
import io.slipway.release.Landscape;
import io.slipway.release.ManagedSystem;
import io.slipway.release.Reader;
import io.slipway.release.Release;
import io.slipway.release.ReleaseDesk;
import io.slipway.release.ReleaseFilter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private final ProcessRecords records;
    private final People people;

    ReleaseView(ReleaseDesk desk, Landscape landscape, OpenWork work, ProcessRecords records, People people) {
        this.desk = desk;
        this.landscape = landscape;
        this.work = work;
        this.records = records;
        this.people = people;
    }

    static Reader reader(Viewer viewer) {
        return new Reader(viewer.person(), viewer.groups());
    }

    /** Systems by key, by name. */
    Map<String, String> systems() {
        return landscape.systems().stream()
                .collect(Collectors.toMap(ManagedSystem::key, ManagedSystem::name, (a, b) -> a, LinkedHashMap::new));
    }

    /** A page of releases with what they wait for: three statements, however many releases there are. */
    Page<ReleaseRow> list(ReleaseFilter filter, Pageable page, Map<String, String> systems, Viewer viewer) {
        Page<Release> found = desk.list(filter, page, reader(viewer));
        Map<String, List<OpenWork.Wait>> waits = work.of(found.getContent().stream()
                .filter(release -> !release.state().ended())
                .map(Release::key)
                .toList());
        return found.map(release -> new ReleaseRow(
                release,
                systems.getOrDefault(release.system(), release.system()),
                WaitLine.of(waits.get(release.key()), viewer)));
    }

    /** What one release waits for, with the labels of steps looked up in their models. */
    List<WaitLine> waits(Release release, Viewer viewer) {
        if (release.state().ended()) {
            return List.of();
        }
        List<OpenWork.Wait> waits = work.of(List.of(release.key())).getOrDefault(release.key(), List.of());
        Map<String, Map<String, String>> labels = new HashMap<>();
        waits.stream()
                .filter(wait -> wait.element() != null && wait.name() == null)
                .collect(Collectors.groupingBy(
                        OpenWork.Wait::definition,
                        Collectors.mapping(wait -> Objects.requireNonNull(wait.element()), Collectors.toSet())))
                .forEach((definition, elements) -> labels.put(definition, records.labels(definition, elements)));
        return WaitLine.of(waits, viewer).stream()
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
