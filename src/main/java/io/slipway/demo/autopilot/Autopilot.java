package io.slipway.demo.autopilot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.demo.BuiltSample;
import io.slipway.demo.DemoClient;
import io.slipway.demo.DemoStage;
import io.slipway.demo.DemoTraffic;
import io.slipway.demo.SampleLandscape;
import io.slipway.demo.SamplePeople.SamplePerson;
import io.slipway.release.NewRelease;
import io.slipway.release.Release;
import io.slipway.release.ReleaseOutcome;
import io.slipway.release.Releases;
import io.slipway.release.Urgency;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.task.Task;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Carries two releases of the sample from request to closure: one that succeeds, and one that is rolled back because it fails the
 * synthetic check in production. Meanwhile a client uses the sample in production without pause.
 *
 * <p>It looks for tasks and does what the script says, each in the name of a person; it waits for nothing but the processes.
 */
@Component
@Profile("demo")
public class Autopilot {

    /** A release and how it is to end. */
    private record Told(String version, String title, ReleaseOutcome outcome) {

        String key() {
            return SampleLandscape.SYSTEM + "-" + version;
        }
    }

    private static final List<Told> RELEASES = List.of(
            new Told("2.4.0", "Discounts, categories and smaller requests", ReleaseOutcome.SUCCESSFUL),
            new Told("2.5.0", "VAT on orders and cheapest products first", ReleaseOutcome.ROLLED_BACK));

    private static final String SERVED_AT_THE_END = "2.4.0";
    private static final Duration CLIENT_PAUSE = Duration.ofMillis(20);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Actors actors;
    private final SampleScript script;
    private final Twists twists;
    private final DemoStage stage;
    private final Releases releases;
    private final Waits waits;
    private final StepLines steps;
    private final Summaries summaries;
    private final ObjectMapper json;
    private final Clock clock;
    private final Duration patience;
    private final Duration limit;

    Autopilot(
            Actors actors,
            SampleScript script,
            Twists twists,
            DemoStage stage,
            Releases releases,
            Waits waits,
            StepLines steps,
            Summaries summaries,
            ObjectMapper json,
            Clock clock,
            @Value("${slipway.demo.patience:PT90S}") Duration patience,
            @Value("${slipway.demo.limit:PT10M}") Duration limit) {
        this.actors = actors;
        this.script = script;
        this.twists = twists;
        this.stage = stage;
        this.releases = releases;
        this.waits = waits;
        this.steps = steps;
        this.summaries = summaries;
        this.json = json;
        this.clock = clock;
        this.patience = patience;
        this.limit = limit;
    }

    /** Whether both releases have ended in this data directory, so that their versions cannot be released again. */
    public boolean isOver() {
        return RELEASES.stream().allMatch(told -> releases.find(told.key())
                .filter(release -> release.state().ended())
                .isPresent());
    }

    /**
     * Carries both releases to their ends; one that was begun before goes on where it stands, one that has ended is left alone.
     *
     * @param out takes one line for each step
     * @return what became of them, read from the database and through the proxy
     * @throws AutopilotStopped when a release does not go on as told, or not at all
     */
    public Summary run(Consumer<String> out) {
        Run run = new Run(out, System.nanoTime());
        List<Played> played = new ArrayList<>();
        for (Told told : RELEASES) {
            Optional<DemoTraffic> traffic = play(told, run);
            played.add(new Played(told, traffic, served()));
        }
        RELEASES.forEach(told -> untilNothingIsOwed(told, run));
        twists.tidyUp().forEach(deed -> run.tell("", deed.who().toString(), deed.says()));
        return new Summary(
                played.stream()
                        .map(part ->
                                summaries.of(part.told().key(), part.told().outcome(), part.traffic(), part.served()))
                        .toList(),
                SERVED_AT_THE_END,
                summaries.capabilities(RELEASES.stream().map(Told::key).toList()));
    }

    /** A release that has ended, what its client saw and what production served right after. */
    private record Played(Told told, Optional<DemoTraffic> traffic, String served) {}

    /** What lives on after the end of a release: feedback, the review, what is owed. */
    private void untilNothingIsOwed(Told told, Run run) {
        Release release = releases.find(told.key()).orElseThrow();
        BuiltSample build = stage.build(told.version());
        StepLines.Reader trail = steps.fromNow(release);
        while (waits.livesOn(told.key())) {
            boolean decided = false;
            for (Task task : actors.openTasks(told.key())) {
                decided |= decide(told, build, release, task, run);
            }
            List<String> news = trail.news();
            news.forEach(line -> run.tell(told.key(), "Slipway", line));
            if (!decided && news.isEmpty()) {
                run.check(told.key());
                pause();
            }
        }
    }

    /** One run with its clock and its console. */
    private final class Run {

        private final Consumer<String> out;
        private final long begin;
        private long moved;

        Run(Consumer<String> out, long begin) {
            this.out = out;
            this.begin = begin;
            this.moved = begin;
        }

        void tell(String release, String who, String what) {
            long seconds = (System.nanoTime() - begin) / 1_000_000_000L;
            out.accept("%02d:%02d  %-17s %-35s %s".formatted(seconds / 60, seconds % 60, release, who, what));
            moved = System.nanoTime();
        }

        void check(String key) {
            List<String> incidents = waits.incidents(key);
            if (!incidents.isEmpty()) {
                throw new AutopilotStopped(key + " does not go on: " + String.join("; ", incidents));
            }
            long now = System.nanoTime();
            if (now - moved > patience.toNanos()) {
                throw new AutopilotStopped(key + " did not go on for " + patience.toSeconds() + " s; it waits at "
                        + String.join(", ", waits.places(key)));
            }
            if (now - begin > limit.toNanos()) {
                throw new AutopilotStopped("The autopilot was not done after " + limit.toSeconds() + " s; " + key
                        + " waits at " + String.join(", ", waits.places(key)));
            }
        }
    }

    private Optional<DemoTraffic> play(Told told, Run run) {
        Optional<Release> before = releases.find(told.key());
        if (before.filter(release -> release.state().ended()).isPresent()) {
            run.tell(told.key(), "", "has ended before and is left as it is");
            return Optional.empty();
        }
        BuiltSample build = stage.build(told.version());
        URI production = stage.address(SampleLandscape.PRODUCTION);
        try (DemoClient client = new DemoClient(production, CLIENT_PAUSE, limit, clock)) {
            client.start();
            Release release = before.orElseGet(() -> request(told));
            run.tell(
                    told.key(),
                    actors.named("mara").toString(),
                    before.isPresent() ? "goes on with it where it stands" : "requests it: " + told.title());
            StepLines.Reader trail = before.isPresent() ? steps.fromNow(release) : steps.fromTheBeginning(release);
            untilItEnds(told, build, release, trail, run);
            return Optional.of(client.stop());
        }
    }

    private Release request(Told told) {
        return actors.request(
                actors.named("mara"),
                new NewRelease(SampleLandscape.SYSTEM, told.version(), told.title(), Urgency.NORMAL));
    }

    private void untilItEnds(Told told, BuiltSample build, Release begun, StepLines.Reader trail, Run run) {
        while (true) {
            // First the tasks: what led to them stands in the trail by then and is told before they are done.
            List<Task> tasks = actors.openTasks(told.key());
            List<String> news = trail.news();
            news.forEach(line -> run.tell(told.key(), "Slipway", line));
            Release release = releases.get(begun.id());
            if (release.state().ended()) {
                trail.news().forEach(line -> run.tell(told.key(), "Slipway", line));
                run.tell(
                        told.key(),
                        "Slipway",
                        ">> Ended: "
                                + release.outcome().map(ReleaseOutcome::label).orElse("without outcome"));
                return;
            }
            Optional<Twists.Deed> chore = twists.chore(release);
            if (chore.isPresent()) {
                run.tell(told.key(), chore.get().who().toString(), chore.get().says());
                continue;
            }
            boolean decided = false;
            for (Task task : tasks) {
                if (!twists.waits(task, release)) {
                    decided |= decide(told, build, release, task, run);
                }
            }
            for (Twists.Deed deed : twists.meanwhile(release)) {
                run.tell(told.key(), deed.who().toString(), deed.says());
                decided = true;
            }
            if (!decided && news.isEmpty()) {
                run.check(told.key());
                pause();
            }
        }
    }

    private boolean decide(Told told, BuiltSample build, Release release, Task task, Run run) {
        Optional<SampleScript.Scene> found;
        Optional<SampleScript.Line> twist;
        try {
            found = script.who(task)
                    .map(person -> new SampleScript.Scene(task, person, release, build, told.outcome()));
            twist = found.flatMap(twists::of);
        } catch (RuntimeException e) {
            if (isGone(told, task)) {
                return false;
            }
            throw e;
        }
        if (twist.isEmpty() && !script.knows(task, told.outcome())) {
            throw new AutopilotStopped(
                    told.key() + " came to the task '" + task.getName() + "', which the script does not expect: "
                            + actors.brief(task).path("facts"));
        }
        SampleScript.Scene scene = found.orElseThrow(() -> new AutopilotStopped("Nobody of the demo may do '"
                + task.getName() + "' of " + told.key() + "; somebody else may hold it."));
        SamplePerson who = scene.who();
        try {
            String says = twist.isPresent() ? script.play(scene, twist.get()) : script.play(scene);
            run.tell(told.key(), who.toString(), task.getName() + ": " + says);
            return true;
        } catch (OptimisticLockingException e) {
            // A job moved the same process at the same moment; the next look finds the task again.
            return false;
        } catch (RuntimeException e) {
            if (isGone(told, task)) {
                return false;
            }
            throw new AutopilotStopped(
                    who + " cannot do '" + task.getName() + "' of " + told.key() + ": " + e.getMessage(), e);
        }
    }

    /** Whether somebody who looks on was faster, or what was done before has settled it. */
    private boolean isGone(Told told, Task task) {
        return actors.openTasks(told.key()).stream()
                .noneMatch(open -> open.getId().equals(task.getId()));
    }

    /** The version that users of production get now, asked through the proxy. */
    private String served() {
        URI version = stage.address(SampleLandscape.PRODUCTION).resolve("version");
        try {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(version)
                                    .timeout(Duration.ofSeconds(5))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            JsonNode body = json.readTree(answer.body());
            return answer.statusCode() == 200 ? body.path("version").asText() : "status " + answer.statusCode();
        } catch (IOException e) {
            return "no answer: " + e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AutopilotStopped("The autopilot was interrupted.", e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AutopilotStopped("The autopilot was interrupted.", e);
        }
    }
}
