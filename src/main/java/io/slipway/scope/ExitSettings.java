package io.slipway.scope;

import io.slipway.release.ReleaseClass;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What must be finished before development hands a release over.
 *
 * @param exitCriteria the criteria of each class; major and minor releases need at least one
 */
@ConfigurationProperties("slipway.scope")
record ExitSettings(@DefaultValue Map<ReleaseClass, List<Criterion>> exitCriteria) {

    ExitSettings {
        exitCriteria = Map.copyOf(exitCriteria);
        for (ReleaseClass strict : List.of(ReleaseClass.MAJOR, ReleaseClass.MINOR)) {
            if (exitCriteria.getOrDefault(strict, List.of()).isEmpty()) {
                throw new IllegalArgumentException(
                        "slipway.scope.exit-criteria has no criterion for " + strict + " releases; please add one");
            }
        }
        exitCriteria.forEach((releaseClass, criteria) -> {
            Set<String> ids = new HashSet<>();
            criteria.forEach(criterion -> {
                if (!ids.add(criterion.id())) {
                    throw new IllegalArgumentException("slipway.scope.exit-criteria names '" + criterion.id()
                            + "' twice for " + releaseClass + " releases; please remove one");
                }
            });
        });
    }

    /**
     * Something that must hold.
     *
     * @param id stable name
     * @param statement what a person says to be so, or what is looked up
     * @param check how it is looked up; without one a person attests it
     */
    record Criterion(String id, String statement, @Nullable Check check) {

        Criterion {
            if (!id.matches("[a-z0-9-]{1,64}") || statement.isBlank() || statement.length() > 500) {
                throw new IllegalArgumentException(
                        "slipway.scope.exit-criteria: '" + id
                                + "' needs an id of 1 to 64 small letters, digits or -, and a statement of 1 to 500 characters");
            }
        }

        boolean attested() {
            return check == null;
        }
    }

    /** What can be looked up. */
    enum Check {
        /** The scope is frozen and still what it was then. */
        SCOPE_FROZEN,
        /** Every item is decided on, with a reason. */
        ITEMS_EXPLAINED,
        /** Whatever an item of the scope needs is part of it or was delivered before. */
        NEEDS_INCLUDED,
        /** There is a window for production, and it is not over. */
        WINDOW_PLANNED,
        /** The newest results of automated tests have no failure; while there are none, a person attests it. */
        TESTS_PASS
    }

    List<Criterion> of(ReleaseClass releaseClass) {
        return exitCriteria.getOrDefault(releaseClass, List.of());
    }
}
