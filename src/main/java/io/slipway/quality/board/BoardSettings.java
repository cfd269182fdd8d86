package io.slipway.quality.board;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the board votes.
 *
 * @param quorum fewest ballots with which it decides
 * @param timeBox how long a vote is open; it ends sooner when the quorum agrees
 * @param conditionsDue how long whoever ships has for the conditions of the board
 * @param waiver how long a gate is passed that the board ships with a known issue
 * @param tryAgain time after which is looked again whether a release can be delayed or made smaller
 */
@ConfigurationProperties("slipway.quality.board")
record BoardSettings(
        @DefaultValue("2") int quorum,
        @DefaultValue("PT8H") Duration timeBox,
        @DefaultValue("P14D") Duration conditionsDue,
        @DefaultValue("P14D") Duration waiver,
        @DefaultValue("PT1M") Duration tryAgain) {}
