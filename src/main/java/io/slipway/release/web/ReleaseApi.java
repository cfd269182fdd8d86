package io.slipway.release.web;

import io.slipway.platform.process.OpenWork;
import io.slipway.platform.process.ProcessRecords;
import io.slipway.platform.security.People;
import io.slipway.platform.web.Paging;
import io.slipway.platform.web.Viewer;
import io.slipway.release.NotFound;
import io.slipway.release.NotPermitted;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseAction;
import io.slipway.release.ReleaseComments;
import io.slipway.release.ReleaseCopies;
import io.slipway.release.ReleaseDesk;
import io.slipway.release.ReleaseFilter;
import io.slipway.release.Role;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Releases for programs, with the rights that the caller has on the pages. */
@RestController
@RequestMapping("/api/v1/releases")
class ReleaseApi {

    private final ReleaseDesk desk;
    private final ReleaseView view;
    private final ReleaseComments comments;
    private final ReleaseCopies copies;
    private final People people;
    private final ProcessRecords records;

    ReleaseApi(
            ReleaseDesk desk,
            ReleaseView view,
            ReleaseComments comments,
            ReleaseCopies copies,
            People people,
            ProcessRecords records) {
        this.desk = desk;
        this.view = view;
        this.comments = comments;
        this.copies = copies;
        this.people = people;
        this.records = records;
    }

    /** First moment included, last moment not. */
    record WindowJson(Instant start, Instant end) {}

    /** What a release waits for; {@code who} is a person or roles in words. */
    record WaitJson(
            OpenWork.Kind kind,
            String id,
            String what,
            String who,
            @Nullable Instant since,
            @Nullable Instant due,
            @Nullable String message) {

        static WaitJson of(WaitLine line) {
            boolean trouble = line.kind() == OpenWork.Kind.INCIDENT || line.kind() == OpenWork.Kind.RETRY;
            return new WaitJson(
                    line.kind(),
                    line.id(),
                    line.what(),
                    line.who(),
                    line.since(),
                    line.due(),
                    trouble ? line.source().message() : null);
        }
    }

    /** A release. */
    record ReleaseJson(
            String key,
            String system,
            String version,
            String title,
            String urgency,
            @Nullable String releaseClass,
            String state,
            String phase,
            boolean onHold,
            @Nullable String holdReason,
            @Nullable String outcome,
            String requestedBy,
            Instant requestedAt,
            @Nullable WindowJson window,
            @Nullable Instant endedAt,
            @Nullable String processInstance,
            List<WaitJson> waitsFor,
            @Nullable List<String> actions) {

        static ReleaseJson of(Release release, List<WaitLine> waits, @Nullable List<ReleaseAction> actions) {
            return new ReleaseJson(
                    release.key(),
                    release.system(),
                    release.version(),
                    release.title(),
                    release.urgency().name(),
                    release.releaseClass().map(Enum::name).orElse(null),
                    release.state().name(),
                    release.state().phase().name(),
                    release.onHold(),
                    release.holdReason().orElse(null),
                    release.outcome().map(Enum::name).orElse(null),
                    release.requestedBy(),
                    release.requestedAt(),
                    release.windowStart()
                            .flatMap(start -> release.windowEnd().map(end -> new WindowJson(start, end)))
                            .orElse(null),
                    release.endedAt().orElse(null),
                    release.processInstanceId().orElse(null),
                    waits.stream().map(WaitJson::of).toList(),
                    actions == null
                            ? null
                            : actions.stream().map(ReleaseAction::path).toList());
        }
    }

    /** One step of the history; {@code who} is a name, {@code person} the opaque id. */
    record StepJson(
            String process,
            String element,
            String name,
            String type,
            @Nullable String person,
            String who,
            Instant start,
            @Nullable Instant end,
            boolean canceled) {

        static StepJson of(ProcessRecords.Step step, Map<String, String> names) {
            HistoryLine line = HistoryLine.of(step, names);
            return new StepJson(
                    step.process(),
                    step.element(),
                    step.name(),
                    step.type(),
                    step.person(),
                    line.who(),
                    step.start(),
                    step.end(),
                    step.canceled());
        }
    }

    /** Why something is asked for. */
    record Reason(@Nullable String reason) {}

    @GetMapping
    Paging<ReleaseJson> list(
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String system,
            @RequestParam(defaultValue = "") String text,
            @RequestParam(defaultValue = "requested,desc") String sort,
            @RequestParam(defaultValue = "0") int page,
            @RequestParam(defaultValue = "25") int size,
            Viewer viewer) {
        PageRequest wanted = PageRequest.of(Paging.page(page), Paging.size(size), ReleaseView.sort(sort));
        Page<ReleaseRow> rows = view.list(new ReleaseFilter(state, system, text), wanted, Map.of(), viewer);
        return Paging.of(rows, row -> ReleaseJson.of(row.release(), row.waits(), null));
    }

    @PostMapping
    ResponseEntity<ReleaseJson> request(@RequestBody NewReleaseForm request, Viewer viewer) {
        Release release = desk.request(request.read(), viewer.person());
        return ResponseEntity.created(URI.create("/api/v1/releases/" + release.key()))
                .body(json(release, viewer));
    }

    @GetMapping("/{key}")
    ReleaseJson get(@PathVariable String key, Viewer viewer) {
        return json(desk.get(key, ReleaseView.reader(viewer)), viewer);
    }

    private ReleaseJson json(Release release, Viewer viewer) {
        return ReleaseJson.of(release, view.waits(release, viewer), desk.offered(release, ReleaseView.reader(viewer)));
    }

    @GetMapping("/{key}/history")
    Paging<StepJson> history(
            @PathVariable String key,
            @RequestParam(defaultValue = "asc") String order,
            @RequestParam(defaultValue = "0") int page,
            @RequestParam(defaultValue = "25") int size,
            Viewer viewer) {
        if (!order.equals("asc") && !order.equals("desc")) {
            throw new Refused("order", "'order' is asc or desc.");
        }
        Release release = desk.get(key, ReleaseView.reader(viewer));
        Page<ProcessRecords.Step> steps =
                view.history(release, PageRequest.of(Paging.page(page), Paging.size(size)), order.equals("desc"));
        Map<String, String> names = view.names(steps.getContent());
        return Paging.of(steps, step -> StepJson.of(step, names));
    }

    /** A remark; {@code who} is a name, {@code author} the opaque id. */
    record CommentJson(long id, String author, String who, Instant writtenAt, String text) {}

    /** What somebody remarks. */
    record NewComment(@Nullable String text) {}

    /** Remarks on a release, the newest first. */
    @GetMapping("/{key}/comments")
    Paging<CommentJson> comments(
            @PathVariable String key,
            @RequestParam(defaultValue = "0") int page,
            @RequestParam(defaultValue = "25") int size,
            Viewer viewer) {
        Release release = desk.get(key, ReleaseView.reader(viewer));
        Page<ReleaseComments.Comment> found =
                comments.of(release, PageRequest.of(Paging.page(page), Paging.size(size)));
        Map<String, String> names =
                people.names(found.stream().map(ReleaseComments.Comment::author).collect(Collectors.toSet()));
        return Paging.of(
                found,
                comment -> new CommentJson(
                        comment.id(),
                        comment.author(),
                        names.getOrDefault(comment.author(), comment.author()),
                        comment.writtenAt(),
                        comment.text()));
    }

    /** Adds a remark in plain text. */
    @PostMapping("/{key}/comments")
    @ResponseStatus(HttpStatus.CREATED)
    void comment(@PathVariable String key, @RequestBody NewComment body, Viewer viewer) {
        comments.add(
                desk.get(key, ReleaseView.reader(viewer)), viewer.person(), body.text() == null ? "" : body.text());
    }

    /** Requests a release as a copy of this one, under a new version. */
    @PostMapping("/{key}/copies")
    ResponseEntity<ReleaseJson> copy(@PathVariable String key, @RequestBody CopyForm wish, Viewer viewer) {
        desk.get(key, ReleaseView.reader(viewer));
        if (!ReleaseView.reader(viewer).has(Role.RELEASE_MANAGER)) {
            throw new NotPermitted("Releases are copied by release managers, and you do not have that role.");
        }
        Release copy = copies.copy(key, wish.read(), viewer.person());
        return ResponseEntity.created(URI.create("/api/v1/releases/" + copy.key()))
                .body(json(copy, viewer));
    }

    @PostMapping("/{key}/{action:hold|cancel|content-change|reschedule|rollback}")
    ReleaseJson ask(@PathVariable String key, @PathVariable String action, @RequestBody Reason body, Viewer viewer) {
        String reason = body.reason() == null ? "" : body.reason();
        return json(desk.ask(key, action, reason, viewer.person()), viewer);
    }

    /** What there is to see of one of the release's process instances: its tokens, what was passed, what it called. */
    @GetMapping("/{key}/processes/{instance}")
    ProcessRecords.Picture process(@PathVariable String key, @PathVariable String instance, Viewer viewer) {
        Release release = desk.get(key, ReleaseView.reader(viewer));
        return release.processInstanceId()
                .flatMap(root -> records.picture(root, instance))
                .orElseThrow(() -> new NotFound("process instance", instance));
    }

    /** The drawing that one of the release's process instances follows; a file, so that no browser takes it for a page. */
    @GetMapping("/{key}/processes/{instance}/drawing")
    ResponseEntity<String> drawing(@PathVariable String key, @PathVariable String instance, Viewer viewer) {
        Release release = desk.get(key, ReleaseView.reader(viewer));
        String xml = release.processInstanceId()
                .flatMap(root -> records.drawing(root, instance))
                .orElseThrow(() -> new NotFound("process instance", instance));
        return ModelFile.of(instance + ".bpmn", xml);
    }
}
