package io.slipway.governance.access;

import io.slipway.platform.process.EngineAccess;
import io.slipway.platform.security.Denials;
import io.slipway.release.AuditTrail;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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

    private final AuditTrail audit;
    private final EngineAccess access;
    private final TransactionTemplate apart;
    private final Clock clock;
    private final Map<String, Count> counts = new LinkedHashMap<>();

    DenialLog(AuditTrail audit, EngineAccess access, PlatformTransactionManager transactions, Clock clock) {
        this.audit = audit;
        this.access = access;
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
        String subject = path.substring(0, Math.min(path.length(), LONGEST_PATH));
        access.as(person, () -> {
            apart.executeWithoutResult(status ->
                    audit.record(new AuditTrail.Entry(Optional.empty(), "access.deny", subject, Map.of(), facts)));
            return true;
        });
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
