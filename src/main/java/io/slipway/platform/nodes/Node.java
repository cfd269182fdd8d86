package io.slipway.platform.nodes;

import java.time.Duration;
import java.time.Instant;

/**
 * A program that works, or worked, on this database.
 *
 * @param name what people call it
 * @param incarnation drawn at each start
 * @param stopped whether it said that it stops
 * @param startedAt by the clock of the database
 * @param seenAt its last sign of life, by the clock of the database
 * @param silentFor how long ago that was
 * @param clockAhead how much its clock was ahead of the database's then; negative when it was behind
 */
public record Node(
        String name,
        String incarnation,
        boolean stopped,
        Instant startedAt,
        Instant seenAt,
        Duration silentFor,
        Duration clockAhead) {}
