package io.slipway.schedule;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface BlackoutRepository extends JpaRepository<Blackout, UUID> {

    @Query("""
            select b from Blackout b
            where b.liftedAt is null and b.startsAt < :end and b.endsAt > :start
              and (b.system is null or b.system = :system)
              and (b.environment is null or b.environment = :environment)
            order by b.startsAt, b.name
            """)
    List<Blackout> meeting(String system, String environment, Instant start, Instant end);

    /** When the last of those ends that {@link #meeting} finds. */
    @Query("""
            select max(b.endsAt) from Blackout b
            where b.liftedAt is null and b.startsAt < :end and b.endsAt > :start
              and (b.system is null or b.system = :system)
              and (b.environment is null or b.environment = :environment)
            """)
    Optional<Instant> over(String system, String environment, Instant start, Instant end);

    // The order begins as the index does here and below, or the embedded database would sort all rows.
    @Query("""
            select b from Blackout b
            where b.liftedAt is null and b.startsAt > :earliest and b.startsAt < :end and b.endsAt > :start
            order by b.liftedAt, b.startsAt, b.name
            """)
    List<Blackout> between(Instant earliest, Instant start, Instant end, Limit most);

    @Query("""
            select b from Blackout b
            where b.liftedAt is null and b.startsAt > :earliest and b.endsAt > :now
              and (b.system is null or b.system = :system)
              and (b.environment is null or b.environment = :environment)
            order by b.liftedAt, b.startsAt, b.name
            """)
    List<Blackout> ahead(Instant earliest, String system, String environment, Instant now, Limit most);

    @Query("""
            select b from Blackout b
            where b.liftedAt is null and b.startsAt > :earliest and b.endsAt > :now
            order by b.liftedAt, b.startsAt
            """)
    List<Blackout> ahead(Instant earliest, Instant now, Pageable page);

    /** One for each blackout that is not over, so that they are counted no further than needed. */
    @Query("select 1 from Blackout b where b.liftedAt is null and b.endsAt > :now")
    List<Integer> counted(Instant now, Limit most);
}
