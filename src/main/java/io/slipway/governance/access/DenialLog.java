package io.slipway.governance.access;

import io.slipway.platform.process.EngineAccess;
import io.slipway.platform.security.Denials;
import io.slipway.platform.text.Beginning;
import io.slipway.release.AuditTrail;
import io.slipway.release.Release;
import io.slipway.release.ReleaseId;
import io.slipway.release.ReleaseScope;
import io.slipway.release.Releases;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.HistoricTaskInstance;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes down who was refused what for lack of a role, in a transaction of its own, since the refused one is gone. Of somebody who tries
 * again and again a bounded number of entries is kept for each minute, and the first of the next tells how many were left out.
 */
@Component
class DenialLog implements Denials {

    private static final int MOST_PER_MINUTE = 30;
    private static final int MOST_PEOPLE = 10_000;
    private static final int LONGEST_PATH = 200;
    private static final Pattern OF_RELEASE = Pattern.compile("^(?:/api/v1)?/releases/([^/]{1,100})");
    private static final Pattern OF_INSTANCE = Pattern.compile("/process-instance/([0-9A-Za-z-]{1,64})");
    private static final Pattern OF_TASK = Pattern.compile("/task/([0-9A-Za-z-]{1,64})");

    private final AuditTrail audit;
    private final EngineAccess access;
    private final Releases releases;
    private final ReleaseScope scope;
    private final HistoryService history;
    private final TransactionTemplate apart;
    private final Clock clock;
    private final Map<String, Count> counts = new LinkedHashMap<>();

    DenialLog(
            AuditTrail audit,
            EngineAccess access,
            @Lazy Releases releases,
            @Lazy ReleaseScope scope,
            @Lazy HistoryService history,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.audit = audit;
        this.access = access;
        this.releases = releases;
        this.scope = scope;
        this.history = history;
        this.apart = new TransactionTemplate(transactions);
        this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.clock = clock;
    }

    private record Count(Instant minute, int told, int leftOut) {}

    @Override
    public void denied(String person, String method, String path) {
        Optional<Integer> before = admitted(person);
        if (before.isEmpty()) {
            return;
        }
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("person", person);
        facts.put("method", method);
        if (before.get() > 0) {
            facts.put("leftOutBefore", before.get());
        }
        String subject = Beginning.of(path, LONGEST_PATH);
        access.as(person, () -> {
            apart.executeWithoutResult(status ->
                    audit.record(new AuditTrail.Entry(release(path), "access.deny", subject, Map.of(), facts)));
            return true;
        });
    }

    /** The release that an address is about, by its key, its process instance or its task; empty where the address names none. */
    private Optional<ReleaseId> release(String path) {
        Matcher page = OF_RELEASE.matcher(path);
        if (page.find()) {
            return releases.find(page.group(1)).map(Release::id);
        }
        Matcher instance = OF_INSTANCE.matcher(path);
        if (instance.find()) {
            return rootOfInstance(instance.group(1)).flatMap(scope::releaseOf);
        }
        Matcher task = OF_TASK.matcher(path);
        if (task.find()) {
            HistoricTaskInstance found = access.asSystem(() -> history.createHistoricTaskInstanceQuery()
                    .taskId(task.group(1))
                    .singleResult());
            return Optional.ofNullable(found)
                    .map(HistoricTaskInstance::getRootProcessInstanceId)
                    .flatMap(scope::releaseOf);
        }
        return Optional.empty();
    }

    private Optional<String> rootOfInstance(String instance) {
        HistoricProcessInstance found = access.asSystem(() -> history.createHistoricProcessInstanceQuery()
                .processInstanceId(instance)
                .singleResult());
        return Optional.ofNullable(found).map(HistoricProcessInstance::getRootProcessInstanceId);
    }

    /** How many were left out in the minutes before; empty when this one is left out as well. */
    private synchronized Optional<Integer> admitted(String person) {
        Instant minute = clock.instant().truncatedTo(ChronoUnit.MINUTES);
        Count count = counts.get(person);
        if (count == null || !count.minute().equals(minute)) {
            if (counts.size() >= MOST_PEOPLE) {
                counts.clear();
            }
            counts.put(person, new Count(minute, 1, 0));
            return Optional.of(count == null ? 0 : count.leftOut());
        }
        if (count.told() < MOST_PER_MINUTE) {
            counts.put(person, new Count(minute, count.told() + 1, 0));
            return Optional.of(0);
        }
        counts.put(person, new Count(minute, count.told(), count.leftOut() + 1));
        return Optional.empty();
    }
}
