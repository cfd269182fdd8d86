package io.slipway.release;

import java.util.List;
import java.util.Optional;

/** What rules of other phases need to know of the frozen scope of a release; the scope phase answers. */
public interface ScopeFacts {

    /** Whether the release changes stored data; empty while nobody knows, which every rule takes for yes. */
    Optional<Boolean> migratesData(Release release);

    /** Ids of the items of the frozen scope that users see, so that they need material before; none unless the scope marks some. */
    default List<String> userVisible(Release release) {
        return List.of();
    }

    /** What the release contains; empty while its scope is not frozen. */
    Optional<Content> content(Release release);

    /** Why an item is part of a release. */
    enum Kind {
        FEATURE,
        PATCH,
        TECHNICAL_DEBT,
        REGULATORY,
        SECURITY
    }

    /**
     * An item of a frozen scope.
     *
     * @param key what people call it, such as {@code SHOP-101}
     * @param title one line on what it is about; plain text
     * @param breaking whether users of the system have to adapt to it
     * @param component part of the system that it changes; empty when nobody named one
     */
    record Item(String key, String title, Kind kind, boolean breaking, Optional<String> component) {}

    /**
     * The items of a frozen scope, in the order of their file.
     *
     * @param items those that are in
     */
    record Content(List<Item> items) {

        /** Copies the list. */
        public Content {
            items = List.copyOf(items);
        }

        /** The items to which users of the system have to adapt; with one of them only a new major version will do. */
        public List<Item> breaking() {
            return items.stream().filter(Item::breaking).toList();
        }

        /** The items that bring something new; with one of them a new patch version will not do. */
        public List<Item> features() {
            return items.stream().filter(item -> item.kind() == Kind.FEATURE).toList();
        }

        /** Whether nothing is new and nobody has to adapt. */
        public boolean onlyPatches() {
            return breaking().isEmpty() && features().isEmpty();
        }
    }
}
