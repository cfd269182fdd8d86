package io.slipway.scope;

import io.slipway.release.Urgency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the class of a release follows from.
 *
 * @param breakingItems number of items to which users have to adapt
 * @param highestRisk highest risk of an item, 1 to 5
 * @param dataMigration whether an item changes stored data
 * @param effortTotal person days of all items
 * @param usersAffected 1 (few) to 3 (all)
 */
public record ClassFacts(
        Urgency urgency,
        int breakingItems,
        int highestRisk,
        boolean dataMigration,
        int effortTotal,
        int usersAffected) {

    static ClassFacts of(Urgency urgency, List<ScopeItem> included, UsersAffected users) {
        return new ClassFacts(
                urgency,
                (int) included.stream().filter(ScopeItem::breaking).count(),
                included.stream().mapToInt(ScopeItem::risk).max().orElse(5),
                included.stream().anyMatch(ScopeItem::dataMigration),
                included.stream().mapToInt(ScopeItem::effort).sum(),
                users.rank());
    }

    /** The facts under the names that the table of classes reads. */
    Map<String, Object> asInputs() {
        Map<String, Object> inputs = new LinkedHashMap<>();
        inputs.put("urgency", urgency.name());
        inputs.put("breakingItems", breakingItems);
        inputs.put("highestRisk", highestRisk);
        inputs.put("dataMigration", dataMigration);
        inputs.put("effortTotal", effortTotal);
        inputs.put("usersAffected", usersAffected);
        return inputs;
    }
}
