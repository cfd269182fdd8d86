package io.slipway.scope.web;

import io.slipway.platform.web.Paging;
import io.slipway.platform.web.Viewer;
import io.slipway.release.Reader;
import io.slipway.release.Release;
import io.slipway.release.ReleaseDesk;
import io.slipway.scope.ExitCriteria;
import io.slipway.scope.ItemsRefused;
import io.slipway.scope.ScopeItem;
import io.slipway.scope.ScopeRound;
import io.slipway.scope.Scopes;
import io.slipway.scope.TradeOffs;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.PageRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** The scope of a release for programs. */
@RestController
@RequestMapping("/api/v1/releases/{key}/scope")
class ScopeApi {

    /** Most faults in one answer; their number is told as well. */
    private static final int LISTED = 1_000;

    private final ReleaseDesk desk;
    private final Scopes scopes;
    private final ExitCriteria criteria;
    private final TradeOffs tradeOffs;

    ScopeApi(ReleaseDesk desk, Scopes scopes, ExitCriteria criteria, TradeOffs tradeOffs) {
        this.tradeOffs = tradeOffs;
        this.desk = desk;
        this.scopes = scopes;
        this.criteria = criteria;
    }

    /** A round of the scope. */
    record RoundJson(
            int round,
            String state,
            Instant openedAt,
            @Nullable String suppliedBy,
            @Nullable String decidedBy,
            @Nullable Instant decidedAt,
            @Nullable String remark,
            @Nullable String usersAffected,
            @Nullable Instant frozenAt,
            @Nullable String digest,
            @Nullable String releaseClass,
            int capacity,
            @Nullable LocalDate target,
            @Nullable String clash) {

        static RoundJson of(ScopeRound round, int capacity) {
            return new RoundJson(
                    round.number(),
                    round.state().name(),
                    round.openedAt(),
                    round.suppliedBy().orElse(null),
                    round.decidedBy().orElse(null),
                    round.decidedAt().orElse(null),
                    round.remark().orElse(null),
                    round.usersAffected().map(Enum::name).orElse(null),
                    round.frozenAt().orElse(null),
                    round.digest().orElse(null),
                    round.releaseClass().map(Enum::name).orElse(null),
                    capacity,
                    round.target().orElse(null),
                    round.clash().orElse(null));
        }
    }

    /** An item with the decision on it. */
    record ItemJson(
            String key,
            String title,
            String kind,
            int value,
            int effort,
            int risk,
            boolean breaking,
            boolean dataMigration,
            List<String> dependsOn,
            @Nullable String component,
            @Nullable String owner,
            @Nullable LocalDate due,
            boolean critical,
            boolean userVisible,
            String decision,
            String reason) {

        static ItemJson of(ScopeItem item) {
            return new ItemJson(
                    item.key(),
                    item.title(),
                    item.kind().word(),
                    item.value(),
                    item.effort(),
                    item.risk(),
                    item.breaking(),
                    item.dataMigration(),
                    item.dependsOn(),
                    item.component().orElse(null),
                    item.owner().orElse(null),
                    item.due().orElse(null),
                    item.critical(),
                    item.userVisible(),
                    item.decision().name(),
                    item.reason());
        }
    }

    /** How many items were taken. */
    record Taken(int items) {}

    /** The rounds of the scope, the latest first. */
    @GetMapping
    List<RoundJson> rounds(@PathVariable String key, Viewer viewer) {
        return scopes.history(release(key, viewer)).stream()
                .map(round -> RoundJson.of(round, scopes.capacity(round)))
                .toList();
    }

    /** What a scope may cost and until when it is wanted. */
    record TermsJson(@Nullable Integer capacity, @Nullable LocalDate target) {}

    /** Says what the scope may cost and until when the release is wanted. */
    @PutMapping("/terms")
    RoundJson setTerms(@PathVariable String key, @RequestBody TermsJson terms, Viewer viewer) {
        Release release = release(key, viewer);
        scopes.setTerms(release, viewer.person(), terms.capacity() == null ? -1 : terms.capacity(), terms.target());
        return scopes.latest(release)
                .map(round -> RoundJson.of(round, scopes.capacity(round)))
                .orElseThrow();
    }

    /** Items that have to be in, and why. */
    record WantedJson(
            @Nullable List<String> needed, @Nullable String cause) {}

    /** The number of a negotiation. */
    record OpenedJson(int number) {}

    /** The negotiations of the release, the latest first. */
    @GetMapping("/trade-offs")
    List<TradeOffs.Standing> tradeOffs(@PathVariable String key, Viewer viewer) {
        return tradeOffs.of(release(key, viewer));
    }

    /** Opens a negotiation because items that were not proposed have to be in. */
    @PostMapping("/trade-offs")
    OpenedJson openTradeOff(@PathVariable String key, @RequestBody WantedJson wanted, Viewer viewer) {
        return new OpenedJson(tradeOffs.request(
                release(key, viewer),
                viewer.person(),
                wanted.needed() == null ? Set.of() : Set.copyOf(wanted.needed()),
                wanted.cause() == null ? "" : wanted.cause()));
    }

    /** A page of the items of the latest round. */
    @GetMapping("/items")
    Paging<ItemJson> items(
            @PathVariable String key,
            @RequestParam(defaultValue = "0") int page,
            @RequestParam(defaultValue = "25") int size,
            Viewer viewer) {
        PageRequest wanted = PageRequest.of(Paging.page(page), Paging.size(size));
        return Paging.of(scopes.items(release(key, viewer), wanted), ItemJson::of);
    }

    /** Takes a CSV file of items, as on the page. */
    @PostMapping(path = "/items", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    Taken handIn(@PathVariable String key, @RequestParam MultipartFile file, Viewer viewer) throws IOException {
        return new Taken(scopes.importItems(release(key, viewer), viewer.person(), ScopePages.bytes(file)));
    }

    /** Takes items as the body of the request. */
    @PostMapping(path = "/items", consumes = "text/csv")
    Taken handIn(@PathVariable String key, InputStream body, Viewer viewer) throws IOException {
        return new Taken(
                scopes.importItems(release(key, viewer), viewer.person(), body.readNBytes(Scopes.MOST_BYTES + 1)));
    }

    /** Takes a JSON list of items as the body of the request, with the columns of the file as fields. */
    @PostMapping(path = "/items", consumes = MediaType.APPLICATION_JSON_VALUE)
    Taken handInList(@PathVariable String key, InputStream body, Viewer viewer) throws IOException {
        return new Taken(
                scopes.importJson(release(key, viewer), viewer.person(), body.readNBytes(Scopes.MOST_BYTES + 1)));
    }

    /** How the exit criteria of the development stand; empty while the release has no class. */
    @GetMapping("/exit-criteria")
    List<ExitCriteria.Standing> exitCriteria(@PathVariable String key, Viewer viewer) {
        Release release = release(key, viewer);
        return release.releaseClass().isEmpty() ? List.of() : criteria.standing(release);
    }

    @ExceptionHandler(ItemsRefused.class)
    ResponseEntity<ProblemDetail> refused(ItemsRefused refused) {
        ProblemDetail problem =
                ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, String.valueOf(refused.getMessage()));
        problem.setTitle("The file was not taken");
        problem.setProperty("field", "file");
        problem.setProperty("faultCount", refused.faults().size());
        problem.setProperty("faults", refused.faults().stream().limit(LISTED).toList());
        return ResponseEntity.badRequest()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    private Release release(String key, Viewer viewer) {
        return desk.get(key, new Reader(viewer.person(), viewer.groups()));
    }
}
