package io.slipway.deployment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.slipway.platform.data.Canonical;
import io.slipway.release.ReleaseId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One attempt to put one package on one environment. A retry of a step keeps its number; a new attempt is a new deployment. */
@Entity
@Table(name = "deployment")
public class Deployment {

    /** Where a deployment stands. */
    public enum State {
        OPEN("Open"),
        LIVE("Live"),
        REPLACED("Replaced"),
        ABANDONED("Abandoned"),
        ROLLING_BACK("Rolling back"),
        ROLLED_BACK("Rolled back");

        private final String label;

        State(String label) {
            this.label = label;
        }

        /** The words that people read. */
        public String label() {
            return label;
        }
    }

    enum Health {
        HEALTHY,
        UNHEALTHY
    }

    /**
     * What ran on the environment when the deployment was opened; a rollback leads back to it.
     *
     * @param serviceId its service
     * @param version its version
     * @param packageDigest the package it was started from
     */
    public record Previous(String serviceId, String version, String packageDigest) {}

    /** What a target takes as the name of a service. */
    private static final Pattern NAMEABLE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    private @Nullable UUID releaseId;
    private String businessKey;

    @Column(name = "system_key")
    private String system;

    @Column(name = "environment_key")
    private String environment;

    @Column(name = "deployment_number")
    private int number;

    private String openedByRun;
    private String version;
    private String packageDigest;
    private int planVersion;
    private @Nullable String planDigest;

    @Column(length = 1_000_000)
    private @Nullable String plan;

    @Enumerated(EnumType.STRING)
    private @Nullable Health health;

    @Column(length = 1_000_000)
    private @Nullable String healthEvidence;

    @Column(length = 1_000_000)
    private @Nullable String failure;

    private @Nullable String previousServiceId;
    private @Nullable String previousVersion;
    private @Nullable String previousPackageDigest;

    @Enumerated(EnumType.STRING)
    private State state;

    @Column(length = 1_000_000)
    private @Nullable String undoSteps;

    private @Nullable String undoDigest;
    private Instant openedAt;
    private @Nullable Instant endedAt;

    @Version
    private int lockVersion;

    @SuppressWarnings("NullAway.Init")
    protected Deployment() {}

    Deployment(
            @Nullable ReleaseId release,
            String businessKey,
            String system,
            String environment,
            int number,
            String openedByRun,
            String version,
            String packageDigest,
            Optional<Previous> previous,
            Instant now) {
        this.releaseId = release == null ? null : release.value();
        this.businessKey = businessKey;
        this.system = system;
        this.environment = environment;
        this.number = number;
        this.openedByRun = openedByRun;
        this.version = version;
        this.packageDigest = packageDigest;
        this.previousServiceId = previous.map(Previous::serviceId).orElse(null);
        this.previousVersion = previous.map(Previous::version).orElse(null);
        this.previousPackageDigest = previous.map(Previous::packageDigest).orElse(null);
        this.state = State.OPEN;
        this.openedAt = now;
    }

    /** The release it belongs to; empty for what ran before there were releases. */
    public Optional<ReleaseId> release() {
        return Optional.ofNullable(releaseId).map(ReleaseId::new);
    }

    /** Key of the release, or of the baseline. */
    public String businessKey() {
        return businessKey;
    }

    /** Key of the system. */
    public String system() {
        return system;
    }

    /** Key of the environment. */
    public String environment() {
        return environment;
    }

    /** Counts the attempts of one release on one environment. */
    public int number() {
        return number;
    }

    /** Id of the process instance that opened it. */
    public String openedByProcess() {
        return openedByRun;
    }

    /** The version that is delivered. */
    public String version() {
        return version;
    }

    /** SHA-256 of the manifest of the package. */
    public String packageDigest() {
        return packageDigest;
    }

    /** What ran there before; empty when nothing did. */
    public Optional<Previous> previous() {
        return previousServiceId == null || previousVersion == null || previousPackageDigest == null
                ? Optional.empty()
                : Optional.of(new Previous(previousServiceId, previousVersion, previousPackageDigest));
    }

    /** Counts the different plans of one release on one environment; 0 before it is planned. */
    public int planVersion() {
        return planVersion;
    }

    /** SHA-256 of the plan. */
    public Optional<String> planDigest() {
        return Optional.ofNullable(planDigest);
    }

    /** The plan, once there is one. */
    public Optional<DeploymentPlan> plan() {
        return Optional.ofNullable(plan).map(text -> read(text, DeploymentPlan.class));
    }

    /** Where it stands. */
    public State state() {
        return state;
    }

    /** When it was opened. */
    public Instant openedAt() {
        return openedAt;
    }

    /** When it ended one way or the other. */
    public Optional<Instant> endedAt() {
        return Optional.ofNullable(endedAt);
    }

    /** What was seen when the service was asked for its health. */
    public Optional<String> healthEvidence() {
        return Optional.ofNullable(healthEvidence);
    }

    /** Why it failed, in the words of the step that failed; empty when none did. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /** Name of this attempt within the release. */
    public String run() {
        return environment + "/" + number;
    }

    /**
     * Name of the service that this deployment starts. It follows from release, environment and number alone, as the idempotency key
     * does: whoever makes the same attempt again, even without this row, asks for the same service.
     */
    public String serviceId() {
        String name = environment + "-" + businessKey + "-" + number;
        return NAMEABLE.matcher(name).matches()
                ? name
                : environment + "-" + Canonical.digest(List.of(businessKey)).substring(0, 24) + "-" + number;
    }

    /** Name of one of the instances that this deployment starts; the first one stands for all. */
    public String serviceId(int instance) {
        return instance == 1 ? serviceId() : serviceId() + "." + instance;
    }

    /** Whether a service is an instance of another: the same one, or a further one of the same deployment. */
    static boolean isInstanceOf(String service, String first) {
        return service.equals(first)
                || (service.startsWith(first + ".")
                        && service.substring(first.length() + 1).matches("[0-9]+"));
    }

    void started() {
        this.health = null;
    }

    boolean openedBy(String run) {
        return openedByRun.equals(run);
    }

    boolean healthy() {
        return health == Health.HEALTHY;
    }

    DeploymentPlan requirePlan() {
        return plan().orElseThrow(
                        () -> new MissingStep(this, "to be planned", "the step 'Plan deployment' has not been done"));
    }

    String requirePlanDigest() {
        requirePlan();
        return Optional.ofNullable(planDigest).orElseThrow();
    }

    void planned(int newPlanVersion, DeploymentPlan newPlan) {
        this.planVersion = newPlanVersion;
        this.plan = Canonical.json(newPlan);
        this.planDigest = Canonical.digest(newPlan);
    }

    void checked(boolean isHealthy, String evidence) {
        this.health = isHealthy ? Health.HEALTHY : Health.UNHEALTHY;
        this.healthEvidence = evidence;
        this.failure = isHealthy ? null : serviceId() + " is not healthy. " + evidence;
    }

    void failed(String sentence) {
        this.failure = sentence;
    }

    void enter(State next, Instant now) {
        this.state = next;
        this.failure = next == State.LIVE ? null : failure;
        this.endedAt = next == State.OPEN || next == State.ROLLING_BACK ? null : now;
    }

    void freezeUndo(List<String> steps, Instant now) {
        this.undoSteps = Canonical.json(steps);
        this.undoDigest = Canonical.digest(steps);
        enter(State.ROLLING_BACK, now);
    }

    /** The frozen keys of the effects that are taken back, the last one done first; empty before a rollback is planned. */
    Optional<List<String>> undoSteps() {
        return Optional.ofNullable(undoSteps).map(text -> {
            List<String> steps = List.of(read(text, String[].class));
            if (!Canonical.digest(steps).equals(undoDigest)) {
                throw new IllegalStateException("The rollback plan of deployment " + number + " on " + environment
                        + " is not the one that was frozen");
            }
            return steps;
        });
    }

    private static <T> T read(String text, Class<T> type) {
        try {
            return JSON.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A record of a deployment cannot be read", e);
        }
    }
}
