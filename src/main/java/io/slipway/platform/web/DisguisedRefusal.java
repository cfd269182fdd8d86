package io.slipway.platform.web;

/**
 * Marks an exception that is told as "not found", while there is what was asked for and the asker may not know of it: the answer is the
 * same, and who counts refusals is told.
 */
public interface DisguisedRefusal {}
