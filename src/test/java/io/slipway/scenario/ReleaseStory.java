package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.demo.BuiltSample;
import io.slipway.demo.DemoStage;
import io.slipway.demo.SampleLandscape;
import io.slipway.demo.SamplePeople.SamplePerson;
import io.slipway.demo.autopilot.Actors;
import io.slipway.demo.autopilot.SampleScript;
import io.slipway.platform.process.ProcessKeys;
import io.slipway.release.NewRelease;
import io.slipway.release.Release;
import io.slipway.release.ReleaseOutcome;
import io.slipway.release.ReleaseState;
import io.slipway.release.Releases;
import io.slipway.release.Urgency;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.camunda.bpm.engine.task.Task;
import org.springframework.context.ApplicationContext;

/**
 * Tells one release of the sample: who does what, through the same calls as Tasklist and pages, and what must be so then. Waiting is
 * bounded; a story that does not go on says where it stands.
 */
public final class ReleaseStory {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Actors actors;
    private final SampleScript script;
    private final Releases releases;
    private final Supplier<BuiltSample> build;
    private final String key;
    private Consumer<String> engine = release -> {};
    private Deed.Around around = Deed.Around.NOTHING;
    private ReleaseOutcome expected = ReleaseOutcome.SUCCESSFUL;
    private BiFunction<Task, Map<String, Object>, Map<String, Object>> typing = (task, inputs) -> inputs;

    private ReleaseStory(ApplicationContext application, String version, String built) {
        this.actors = application.getBean(Actors.class);
        this.script = application.getBean(SampleScript.class);
        this.releases = application.getBean(Releases.class);
        DemoStage stage = application.getBean(DemoStage.class);
        this.build = () -> labelled(stage.build(built), version);
        this.key = SampleLandscape.SYSTEM + "-" + version;
    }

    /** Begins with a release manager who requests a version of the sample. */
    public static ReleaseStory requestedBy(
            String login, String version, Urgency urgency, ApplicationContext application) {
        ReleaseStory story = new ReleaseStory(application, version, version);
        story.request(story.actors.named(login), version, urgency);
        return story;
    }

    /** The same sample under another version, which it tells when it is asked: users would not believe another label alone. */
    private static BuiltSample labelled(BuiltSample built, String version) {
        if (built.version().equals(version)) {
            return built;
        }
        Path jar = built.jar().resolveSibling("labelled").resolve("storefront-" + version + ".jar");
        try {
            if (!Files.exists(jar)) {
                Files.createDirectories(jar.getParent());
                Files.copy(built.jar(), jar);
                try (FileSystem content = FileSystems.newFileSystem(jar)) {
                    Files.writeString(content.getPath("VERSION"), version + "\n");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(jar + " cannot be written", e);
        }
        return new BuiltSample(version, built.commit(), jar, built.testReport(), built.scope());
    }

    /** Begins with anybody who requests a version that is another version of the sample under a new label. */
    static ReleaseStory requestedBy(SamplePerson who, String version, String built, ApplicationContext application) {
        return requestedBy(who, version, built, Urgency.NORMAL, application);
    }

    /** The same with an urgency. */
    static ReleaseStory requestedBy(
            SamplePerson who, String version, String built, Urgency urgency, ApplicationContext application) {
        ReleaseStory story = new ReleaseStory(application, version, built);
        story.request(who, version, urgency);
        return story;
    }

    /** Goes on with a release that was requested already; what is built is another version of the sample under its label. */
    public static ReleaseStory of(String version, String built, ApplicationContext application) {
        return new ReleaseStory(application, version, built);
    }

    private void request(SamplePerson who, String version, Urgency urgency) {
        actors.request(who, new NewRelease(SampleLandscape.SYSTEM, version, "Storefront " + version, urgency));
    }

    /** From now on this moves the processes whenever the story waits, given the key of the release; nothing else does. */
    public ReleaseStory movedBy(Consumer<String> mover) {
        this.engine = mover;
        return this;
    }

    /** From now on every task is done within this. */
    public ReleaseStory doneWithin(Deed.Around other) {
        this.around = other;
        return this;
    }

    /** From now on everybody acts as in a release that ends like this. */
    ReleaseStory expecting(ReleaseOutcome outcome) {
        this.expected = outcome;
        return this;
    }

    /** From now on people type something else into their forms, given the task and what the script would put there. */
    ReleaseStory typing(BiFunction<Task, Map<String, Object>, Map<String, Object>> other) {
        this.typing = other;
        return this;
    }

    /** Key of the release. */
    public String key() {
        return key;
    }

    /** The release as it is now. */
    public Release release() {
        return releases.find(key).orElseThrow();
    }

    /** Everybody does as the script says until a task with this id waits; it is left undone. */
    public ReleaseStory goesOnTo(String task) {
        await("the task " + task, () -> {
            // One look: a task that comes after it is not done by those who do what they saw.
            List<Task> open = open();
            if (open.stream().anyMatch(one -> one.getTaskDefinitionKey().equals(task))) {
                return true;
            }
            everybodyDoes(open);
            return waiting(task);
        });
        return this;
    }

    /** Everybody does as the script says until something is so. */
    ReleaseStory goesOnUntil(String what, BooleanSupplier there) {
        await(what, () -> {
            if (there.getAsBoolean()) {
                return true;
            }
            everybodyDoes(open());
            return there.getAsBoolean();
        });
        return this;
    }

    /** Everybody does as the script says until the release is in this state. */
    public ReleaseStory goesOnTo(ReleaseState state) {
        await("the state " + state, () -> {
            if (release().state() == state) {
                return true;
            }
            everybodyDoes(open());
            return release().state() == state;
        });
        return this;
    }

    /** A person does a task as the script says, files and confirmations included. */
    public ReleaseStory does(String login, String task) {
        play(actors.named(login), awaited(task));
        return this;
    }

    /** Somebody does a task as the script says. */
    ReleaseStory does(SamplePerson who, String task) {
        play(who, awaited(task));
        return this;
    }

    /** A person completes a task with these inputs and nothing else. */
    public ReleaseStory completes(String login, String task, Map<String, Object> inputs) {
        actors.complete(actors.named(login), awaited(task), inputs);
        return this;
    }

    /** Somebody completes a task with these inputs and nothing else. */
    ReleaseStory completes(SamplePerson who, String task, Map<String, Object> inputs) {
        actors.complete(who, awaited(task), inputs);
        return this;
    }

    /** A person confirms a decision with the password. */
    public ReleaseStory confirms(String login, String task, String decision) {
        actors.confirm(actors.named(login), awaited(task), decision);
        return this;
    }

    /** The task with this id, as soon as it waits. */
    public Task awaited(String task) {
        await("the task " + task, () -> waiting(task));
        return open().stream()
                .filter(open -> open.getTaskDefinitionKey().equals(task))
                .findFirst()
                .orElseThrow();
    }

    /** Ids of the tasks that wait now. */
    public List<String> waiting() {
        return open().stream().map(Task::getTaskDefinitionKey).distinct().toList();
    }

    private boolean waiting(String task) {
        return waiting().contains(task);
    }

    private List<Task> open() {
        return actors.openTasks(key);
    }

    private void everybodyDoes(List<Task> tasks) {
        for (Task task : tasks) {
            play(script.who(task).orElseThrow(() -> new AssertionError("Nobody may do " + task.getName())), task);
        }
    }

    private void play(SamplePerson who, Task task) {
        SampleScript.Scene scene = new SampleScript.Scene(task, who, release(), build.get(), expected);
        around.each(
                new Deed(Deed.Kind.TASK, ProcessKeys.of(task.getProcessDefinitionId()), task.getTaskDefinitionKey()),
                () -> actors.complete(who, task, typing.apply(task, script.prepare(scene))));
    }

    private void await(String what, BooleanSupplier there) {
        BooleanSupplier moved = () -> {
            if (there.getAsBoolean()) {
                return true;
            }
            engine.accept(key);
            return there.getAsBoolean();
        };
        await(
                what,
                moved,
                () -> key + " is " + release().state() + " and waits at " + waiting(),
                () -> release().state() + " "
                        + open().stream().map(Task::getId).sorted().toList());
    }

    /** Looks again and again until something is so; fails with what is there instead after a minute and a half. */
    public static void await(String what, BooleanSupplier there, Supplier<String> instead) {
        await(what, there, instead, () -> "");
    }

    /** As long as the place changes, the story goes on, however slow the machine is. */
    private static void await(String what, BooleanSupplier there, Supplier<String> instead, Supplier<Object> place) {
        Object last = place.get();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!there.getAsBoolean()) {
            Object now = place.get();
            if (!now.equals(last)) {
                last = now;
                deadline = System.nanoTime() + PATIENCE.toNanos();
            }
            assertThat(System.nanoTime())
                    .as(() -> "%s did not come within %s: %s".formatted(what, PATIENCE, instead.get()))
                    .isLessThan(deadline);
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("Interrupted while waiting for " + what, e);
            }
        }
    }
}
