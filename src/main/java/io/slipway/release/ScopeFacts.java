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
}
