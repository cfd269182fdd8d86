package io.slipway.scope;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

interface ScopeItemRepository extends JpaRepository<ScopeItem, UUID> {

    List<ScopeItem> findByScopeOrderByPosition(ScopeRound.Id scope);

    List<ScopeItem> findByScopeOrderByPosition(ScopeRound.Id scope, Pageable page);

    /** One for each item of a scope, so that they are counted no further than needed. */
    @Query("select 1 from ScopeItem i where i.scope = :scope")
    List<Integer> counted(ScopeRound.Id scope, Limit most);

    @Modifying(flushAutomatically = true)
    @Query("delete from ScopeItem i where i.scope = :scope")
    void clear(ScopeRound.Id scope);

    /** Which of these keys stood in the last scope of a release of the system that ended well. */
    @Query("""
            select distinct i.key from ScopeItem i, Release r
            where i.key in :keys and i.decision = io.slipway.scope.ItemDecision.INCLUDED
              and r.id = i.scope.release and r.system = :system
              and r.outcome in (io.slipway.release.ReleaseOutcome.SUCCESSFUL,
                                io.slipway.release.ReleaseOutcome.SUCCESSFUL_WITH_ISSUES)
              and i.scope.round = (select max(s.id.round) from ScopeRound s where s.id.release = i.scope.release)
            """)
    Set<String> delivered(String system, Collection<String> keys);
}
