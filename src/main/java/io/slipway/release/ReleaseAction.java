package io.slipway.release;

import io.slipway.release.process.RunReleaseProcess;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** What a person can ask for while a release is under way, each with a reason. */
public enum ReleaseAction {
    HOLD(
            "hold",
            "Put on hold",
            "Nothing more is decided or done to this release until a release manager resumes it.",
            RunReleaseProcess.HOLD_REQUESTED),
    CONTENT_CHANGE(
            "content-change",
            "Content changed",
            "The release is scoped, built, tested and approved again.",
            RunReleaseProcess.CONTENT_CHANGED),
    RESCHEDULE(
            "reschedule",
            "Reschedule",
            "Another window is chosen; the change and the readiness are approved again.",
            RunReleaseProcess.RESCHEDULE_REQUESTED),
    ROLLBACK(
            "rollback",
            "Roll back",
            "Production is put back to the version that ran before.",
            RunReleaseProcess.ROLLBACK_REQUESTED),
    CANCEL(
            "cancel",
            "Cancel release",
            "The release is given up and ends; this cannot be taken back.",
            RunReleaseProcess.CANCEL_REQUESTED);

    private final String path;
    private final String label;
    private final String effect;
    private final String message;

    ReleaseAction(String path, String label, String effect, String message) {
        this.path = path;
        this.label = label;
        this.effect = effect;
        this.message = message;
    }

    /** Its name in addresses. */
    public String path() {
        return path;
    }

    /** The words that people read. */
    public String label() {
        return label;
    }

    /** One sentence on what follows from it. */
    public String effect() {
        return effect;
    }

    /** Whether it gives something up that is not easily won back. */
    public boolean grave() {
        return this == CANCEL || this == ROLLBACK;
    }

    String message() {
        return message;
    }

    Role[] roles() {
        return switch (this) {
            case HOLD, ROLLBACK -> new Role[] {Role.RELEASE_MANAGER, Role.OPERATIONS};
            case CONTENT_CHANGE -> new Role[] {Role.RELEASE_MANAGER, Role.PRODUCT_OWNER};
            case RESCHEDULE, CANCEL -> new Role[] {Role.RELEASE_MANAGER};
        };
    }

    /** Whether this reader could ask for it now, while the release's process waits for these messages. */
    boolean offered(Release release, Reader reader, Set<String> awaited) {
        boolean open = !release.state().ended()
                && !(this == HOLD && release.onHold())
                && !(this == CANCEL && release.state().touchesProduction());
        return open && awaited.contains(message) && reader.has(release.system(), roles());
    }

    /** The action with this name in addresses. */
    static Optional<ReleaseAction> ofPath(String path) {
        return Arrays.stream(values())
                .filter(action -> action.path.equals(path))
                .findFirst();
    }
}
