package io.slipway.scope;

import java.util.List;

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
        List<String> dependsOn) {

    NewItem {
        dependsOn = List.copyOf(dependsOn);
    }
}
