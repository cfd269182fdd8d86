package io.slipway.schedule;

/**
 * What stands against a time: a blackout, a denied time, or that it is not within an allowed one.
 *
 * @param id what an emergency names when it breaks it knowingly
 * @param sentence what it is and until when, for people
 */
public record Met(String id, String sentence) {}
