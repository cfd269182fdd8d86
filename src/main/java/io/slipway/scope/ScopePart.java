package io.slipway.scope;

import io.slipway.release.ApprovalPart;
import io.slipway.release.Release;
import io.slipway.release.ReleaseClass;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What an approval signs of the scope: every item with its decision, the class, and what was attested for the hand-over. */
@Component
class ScopePart implements ApprovalPart {

    private final Scopes scopes;
    private final ExitCriteria criteria;

    ScopePart(Scopes scopes, ExitCriteria criteria) {
        this.scopes = scopes;
        this.criteria = criteria;
    }

    @Override
    public String name() {
        return "scope";
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException when the scope is not frozen, has no class, or was changed; or when the development of a release
     *     that is no emergency was not handed over
     */
    @Override
    public Content content(Release release) {
        ScopeRound round = scopes.frozen(release);
        ReleaseClass releaseClass = round.releaseClass()
                .filter(given -> release.releaseClass().filter(given::equals).isPresent())
                .orElseThrow(() -> new IllegalStateException(
                        "The class of " + release.key() + " is not the one that its frozen scope gave"));
        List<ExitCriteria.Standing> standing = criteria.standing(release);
        List<String> open = standing.stream()
                .filter(criterion -> !criterion.met())
                .map(ExitCriteria.Standing::id)
                .toList();
        if (releaseClass != ReleaseClass.EMERGENCY && !open.isEmpty()) {
            throw new IllegalStateException(
                    "The development of " + release.key() + " is not finished: " + String.join(", ", open));
        }
        List<ScopeItem> items = scopes.items(release);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("round", round.number());
        facts.put("digest", round.digest().orElse(""));
        facts.put("class", releaseClass.name());
        facts.put("usersAffected", round.usersAffected().map(Enum::name).orElse(""));
        facts.put("items", items.stream().map(ScopeItem::facts).toList());
        facts.put(
                "attested",
                standing.stream()
                        .filter(criterion -> criterion.attested() && criterion.met())
                        .map(ScopePart::attestation)
                        .toList());
        long in = items.stream().filter(ScopeItem::included).count();
        return new Content(
                in + (in == 1 ? " item, " : " items, ") + releaseClass.label().toLowerCase(Locale.ROOT) + ", frozen as "
                        + round.digest().orElse("").substring(0, 12),
                facts);
    }

    private static Map<String, Object> attestation(ExitCriteria.Standing standing) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("criterion", standing.id());
        facts.put("statement", standing.statement());
        facts.put("evidence", standing.evidence());
        facts.put("person", String.valueOf(standing.person()));
        return facts;
    }
}
