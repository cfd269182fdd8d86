package io.slipway.governance.reports;

import java.time.Duration;
import java.util.Optional;

/**
 * DORA's five measures of one system in a period, and how available it was. Systems are not averaged: they are unlike.
 *
 * @param deployments deployments to production
 * @param perWeek deployment frequency
 * @param leadMedian change lead time, from commit to production, half of the deployments were as fast or faster
 * @param leadHigh the same for nine of ten
 * @param leadFromCommit deployments whose lead time is counted from a commit; those of the others from the request of the release
 * @param failed deployments that needed immediate intervention
 * @param failRate share of them
 * @param failInterval interval in which the share lies at 95 %
 * @param recoveryMedian failed deployment recovery time
 * @param unplanned deployments that an incident in production caused
 * @param reworkRate share of them
 * @param incidents incidents of priority 1 and 2 that began in the period
 * @param followed deployments that were followed by an incident soon
 * @param followedInterval interval of that share at 95 %
 * @param availability share of the period in which no incident of priority 1 or 2 was open in production; empty when too many are known to
 *     tell
 */
public record SystemReport(
        String system,
        long deployments,
        double perWeek,
        Optional<Duration> leadMedian,
        Optional<Duration> leadHigh,
        long leadFromCommit,
        long failed,
        double failRate,
        Wilson failInterval,
        Optional<Duration> recoveryMedian,
        long unplanned,
        double reworkRate,
        long incidents,
        long followed,
        Wilson followedInterval,
        Optional<Double> availability) {}
