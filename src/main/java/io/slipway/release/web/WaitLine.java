package io.slipway.release.web;

import io.slipway.platform.process.OpenWork;
import io.slipway.platform.web.Viewer;
import io.slipway.release.Role;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a release waits for, in words.
 *
 * @param kind what kind of thing it is
 * @param what the task or step; empty where a page has not looked up its label
 * @param who the person who holds it, the roles that could take it, or Slipway itself
 * @param since since when
 * @param due when it is due; for a timer and another attempt the moment itself
 * @param mine whether the reader could do it
 */
record WaitLine(
        OpenWork.Kind kind,
        String id,
        String what,
        String who,
        @Nullable Instant since,
        @Nullable Instant due,
        boolean mine,
        OpenWork.Wait source) {

    static List<WaitLine> of(@Nullable Collection<OpenWork.Wait> waits, Viewer viewer) {
        return waits == null
                ? List.of()
                : waits.stream().map(wait -> of(wait, viewer)).toList();
    }

    private static WaitLine of(OpenWork.Wait wait, Viewer viewer) {
        boolean mine = wait.kind() == OpenWork.Kind.TASK
                && (viewer.person().equals(wait.assignee())
                        || (wait.assignee() == null && wait.groups().stream().anyMatch(viewer.groups()::contains)));
        return new WaitLine(
                wait.kind(),
                wait.id(),
                wait.name() == null ? "" : wait.name(),
                who(wait),
                wait.since(),
                wait.due(),
                mine,
                wait);
    }

    /** The same with who and since when, once somebody has found out. */
    WaitLine waitingFor(String named, Instant from) {
        return new WaitLine(kind, id, what, named, from, due, mine, source);
    }

    private static String who(OpenWork.Wait wait) {
        return switch (wait.kind()) {
            case TASK ->
                wait.assigneeName() == null
                        ? wait.groups().stream().map(WaitLine::role).distinct().collect(Collectors.joining(" or "))
                        : wait.assigneeName();
            case INCIDENT -> Role.OPERATIONS.label();
            case RETRY -> "Slipway, next attempt";
            case TIMER -> "Planned time";
        };
    }

    /** The words for a group, such as {@code developer@storefront}. */
    static String role(String group) {
        int at = group.indexOf('@');
        String role = at < 0 ? group : group.substring(0, at);
        return Role.ofGroup(role).map(Role::label).orElse(group);
    }
}
