package io.slipway.communication.web;

import io.slipway.communication.Delay;
import io.slipway.communication.Delays;
import io.slipway.communication.EscalationLadder;
import io.slipway.communication.ExecutiveSummaries;
import io.slipway.communication.Material;
import io.slipway.communication.Materials;
import io.slipway.communication.Question;
import io.slipway.communication.Summary;
import io.slipway.communication.TeamDependencies;
import io.slipway.communication.TeamDependency;
import io.slipway.platform.web.Viewer;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseDesk;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Dependencies between teams, questions, delays, material and the summary of a release, for programs. */
@RestController
class CoordinationApi {

    private final ReleaseDesk desk;
    private final TeamDependencies dependencies;
    private final EscalationLadder ladder;
    private final Delays delays;
    private final Materials materials;
    private final ExecutiveSummaries summaries;

    CoordinationApi(
            ReleaseDesk desk,
            TeamDependencies dependencies,
            EscalationLadder ladder,
            Delays delays,
            Materials materials,
            ExecutiveSummaries summaries) {
        this.desk = desk;
        this.dependencies = dependencies;
        this.ladder = ladder;
        this.delays = delays;
        this.materials = materials;
        this.summaries = summaries;
    }

    /** A dependency as a program enters it. */
    record DependencyEntry(
            @Nullable String system,
            @Nullable String release,
            @Nullable String statement,
            @Nullable Instant neededAt) {}

    /** A later date. */
    record SlipEntry(@Nullable Instant neededAt, @Nullable String reason) {}

    /** A question for the ladder. */
    record QuestionEntry(
            @Nullable String key,
            @Nullable String question,
            @Nullable List<String> brief) {}

    /** Material as a program plans it. */
    record MaterialEntry(
            @Nullable String kind,
            @Nullable String audience,
            @Nullable String item) {}

    /** What a person adds to the summary. */
    record SummaryEntry(@Nullable String body, @Nullable String decision) {}

    private Release release(String key, Viewer viewer) {
        return desk.get(key, MailPages.reader(viewer));
    }

    @GetMapping("/api/v1/releases/{key}/team-dependencies")
    List<TeamDependency> dependencies(@PathVariable String key, Viewer viewer) {
        return dependencies.of(release(key, viewer));
    }

    /** Enters what the release needs of another team. */
    @PostMapping("/api/v1/releases/{key}/team-dependencies")
    @ResponseStatus(HttpStatus.CREATED)
    TeamDependency enter(@PathVariable String key, @RequestBody DependencyEntry entry, Viewer viewer) {
        return dependencies.enter(
                release(key, viewer),
                viewer.person(),
                entry.system(),
                entry.release(),
                entry.statement(),
                entry.neededAt());
    }

    /** Confirms a dependency for the side of whoever asks; the other team need not know of the release. */
    @PostMapping("/api/v1/team-dependencies/{id}/confirm")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void confirm(@PathVariable long id, Viewer viewer) {
        dependencies.confirm(id, viewer.person());
    }

    /** Moves the date of a dependency. */
    @PostMapping("/api/v1/team-dependencies/{id}/slip")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void slip(@PathVariable long id, @RequestBody SlipEntry entry, Viewer viewer) {
        dependencies.slip(id, viewer.person(), entry.neededAt(), entry.reason());
    }

    @GetMapping("/api/v1/releases/{key}/questions")
    List<Question> questions(@PathVariable String key, Viewer viewer) {
        return ladder.of(release(key, viewer));
    }

    /** Takes a question up the ladder. */
    @PostMapping("/api/v1/releases/{key}/questions")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void ask(@PathVariable String key, @RequestBody QuestionEntry entry, Viewer viewer) {
        Release release = release(key, viewer);
        if (entry.brief() != null && entry.brief().size() > 20) {
            throw new Refused("brief", "A brief has at most 20 sentences.");
        }
        ladder.ask(
                release,
                viewer.person(),
                entry.key(),
                entry.question(),
                entry.brief() == null ? List.of() : entry.brief());
    }

    @GetMapping("/api/v1/releases/{key}/delays")
    List<Delay> delays(@PathVariable String key, Viewer viewer) {
        return delays.of(release(key, viewer));
    }

    @GetMapping("/api/v1/releases/{key}/materials")
    List<Material> materials(@PathVariable String key, Viewer viewer) {
        return materials.of(release(key, viewer));
    }

    /** Plans a training or an announcement. */
    @PostMapping("/api/v1/releases/{key}/materials")
    @ResponseStatus(HttpStatus.CREATED)
    Material plan(@PathVariable String key, @RequestBody MaterialEntry entry, Viewer viewer) {
        return materials.plan(release(key, viewer), viewer.person(), entry.kind(), entry.audience(), entry.item());
    }

    @GetMapping("/api/v1/releases/{key}/summary")
    Summary summary(@PathVariable String key, Viewer viewer) {
        return summaries.of(release(key, viewer));
    }

    /** Keeps what a person adds to the summary. */
    @PutMapping("/api/v1/releases/{key}/summary")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void write(@PathVariable String key, @RequestBody SummaryEntry entry, Viewer viewer) {
        summaries.add(release(key, viewer), viewer.person(), entry.body(), entry.decision());
    }
}
