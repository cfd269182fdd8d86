package io.slipway.demo;

import java.util.List;

/**
 * One item in the scope of a sample release, and one commit in the sample's repository.
 *
 * @param key the item's key, which the commit's message carries, such as {@code SHOP-101}
 * @param title what the item is about, in a few words
 * @param value what it is worth to the stakeholders, 0 to 100; 0 means that it is needed by other items only
 * @param dependsOn keys of the items without which this one cannot be delivered
 */
public record SampleItem(String key, String title, int value, List<String> dependsOn) {

    /** Keeps its own copy of the list. */
    public SampleItem {
        dependsOn = List.copyOf(dependsOn);
    }
}
