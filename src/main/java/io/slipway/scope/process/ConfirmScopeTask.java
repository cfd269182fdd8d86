package io.slipway.scope.process;

import io.slipway.platform.process.Brief;
import io.slipway.platform.process.Submission;
import io.slipway.platform.process.UserTaskHandler;
import io.slipway.release.Release;
import io.slipway.release.ReleaseScope;
import io.slipway.scope.ItemDecision;
import io.slipway.scope.ScopeItem;
import io.slipway.scope.ScopeRound;
import io.slipway.scope.Scopes;
import io.slipway.scope.UsersAffected;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Behind {@code userTask_confirmScope}: a product owner confirms what was proposed, less what is left out, or sends it back. */
@Component
class ConfirmScopeTask implements UserTaskHandler {

    /** More rows make a form slow; the page of the release has them all. */
    private static final int MOST_ROWS = 500;

    private final Scopes scopes;
    private final ReleaseScope scope;

    ConfirmScopeTask(Scopes scopes, ReleaseScope scope) {
        this.scopes = scopes;
        this.scope = scope;
    }

    /** What is decided. */
    enum Decision {
        CONFIRM,
        REWORK
    }

    /** A line of the table of items. */
    record Row(
            String key,
            String item,
            String kind,
            String weight,
            int value,
            int effort,
            int risk,
            String decision,
            String reason,
            String why) {

        static Row of(ScopeItem item) {
            return new Row(
                    item.key(),
                    item.key() + ", " + item.title(),
                    item.kind().label(),
                    item.value() + " / " + item.effort() + " / " + item.risk(),
                    item.value(),
                    item.effort(),
                    item.risk(),
                    item.decision().label(),
                    item.reason(),
                    item.decision().label() + (item.reason().isBlank() ? "" : " – " + item.reason()));
        }
    }

    @Override
    public String process() {
        return ScopeReleaseProcess.KEY;
    }

    @Override
    public String task() {
        return ScopeReleaseProcess.Element.CONFIRM_SCOPE.id();
    }

    @Override
    public List<String> inputs() {
        return List.of("scopeDecision", "excludedItems", "deferredItems", "addedItems", "scopeReason", "usersAffected");
    }

    @Override
    public Brief brief(DelegateTask task) {
        Release release = scope.of(task.getExecution());
        List<ScopeItem> items = scopes.items(release);
        List<ScopeItem> in = items.stream()
                .filter(item -> item.decision() == ItemDecision.INCLUDED)
                .toList();
        return Brief.of("Is this what " + release.key() + " contains?")
                .fact("Release", release.title())
                .fact("Items in", in.size() + " of " + items.size())
                .fact(
                        "Effort in total",
                        in.stream().mapToInt(ScopeItem::effort).sum() + " of "
                                + scopes.latest(release).map(scopes::capacity).orElse(0) + " person days")
                .fact("Clash", scopes.latest(release).flatMap(ScopeRound::clash).orElse(null))
                .fact(
                        "Highest risk",
                        in.stream().mapToInt(ScopeItem::risk).max().orElse(0) + " of 5")
                .fact("Breaking items", in.stream().filter(ScopeItem::breaking).count())
                .fact("Changes stored data", in.stream().anyMatch(ScopeItem::dataMigration) ? "Yes" : "No")
                .fact(
                        "Shown here",
                        items.size() <= MOST_ROWS ? "All items" : "The first " + MOST_ROWS + "; the page has all")
                .table("items", items.stream().limit(MOST_ROWS).map(Row::of).toList());
    }

    @Override
    public void complete(DelegateTask task, Submission submission) {
        Release release = scope.of(task.getExecution());
        Decision decision = submission.requireChoice("scopeDecision", Decision.class);
        if (decision == Decision.REWORK) {
            scopes.sendBack(release, submission.person(), submission.requireText("scopeReason", 2000));
        } else {
            scopes.confirm(release, submission.person(), confirmation(submission));
        }
        ScopeReleaseProcess.SCOPE_DECISION.set(task.getExecution(), decision.name());
    }

    private static Scopes.Confirmation confirmation(Submission submission) {
        return new Scopes.Confirmation(
                reasons("excludedItems", submission),
                reasons("deferredItems", submission),
                reasons("addedItems", submission),
                submission.requireChoice("usersAffected", UsersAffected.class),
                submission.text("scopeReason", 2000).orElse(null));
    }

    private static Map<String, String> reasons(String input, Submission submission) {
        Map<String, String> reasons = new LinkedHashMap<>();
        for (String key : submission.text(input, 4000).orElse("").split("[\\s,;]+", -1)) {
            if (!key.isEmpty()) {
                reasons.put(key, submission.requireText("scopeReason", 2000));
            }
        }
        return reasons;
    }
}
