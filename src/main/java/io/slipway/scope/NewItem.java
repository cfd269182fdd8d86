package io.slipway.scope;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An item as it was handed in.
 *
 * @param key what people call it, such as {@code SHOP-101}; unique in its scope
 * @param title one line on what it is about; plain text, whatever it looks like
 * @param value what it is worth to the stakeholders, 0 to 100; 0 means that it is needed by other items only
 * @param effort person days, 0 to 1000
 * @param risk 1 (low) to 5 (high)
 * @param breaking whether users of the system have to adapt to it
 * @param dataMigration whether it changes stored data
 * @param dependsOn keys of the items without which it cannot be delivered
 * @param component part of the system that it changes; may be missing
 * @param owner person who speaks for it; may be missing
 * @param due day until which it has to be delivered; may be missing
 * @param critical whether it must not be left out without a negotiation, whatever its kind
 * @param userVisible whether users see it, so that they are told and trained before
 */
record NewItem(
        String key,
        String title,
        ItemKind kind,
        int value,
        int effort,
        int risk,
        boolean breaking,
        boolean dataMigration,
        List<String> dependsOn,
        @Nullable String component,
        @Nullable String owner,
        @Nullable LocalDate due,
        boolean critical,
        boolean userVisible) {

    NewItem {
        dependsOn = List.copyOf(dependsOn);
    }

    /** An item of which only the usual is known. */
    NewItem(
            String key,
            String title,
            ItemKind kind,
            int value,
            int effort,
            int risk,
            boolean breaking,
            boolean dataMigration,
            List<String> dependsOn) {
        this(key, title, kind, value, effort, risk, breaking, dataMigration, dependsOn, null, null, null, false, false);
    }

    /**
     * Whether it has to be part of a release: it was marked as critical, or law or security ask for it by then.
     *
     * @param horizon the day before which the release that follows is not expected; what is due later can wait for that one
     */
    boolean mandatory(LocalDate horizon) {
        return critical || (kind.obligatory() && (due == null || !due.isAfter(horizon)));
    }
}
