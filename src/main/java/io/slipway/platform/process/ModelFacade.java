package io.slipway.platform.process;

/**
 * Marks a bean that expressions in models may name besides delegates.
 *
 * <p>Its methods answer questions, take nothing that could be code, and check rights themselves where they give anything away.
 */
public interface ModelFacade {}
