package io.slipway.governance.compliance;

/**
 * An element of a model that carries out a control.
 *
 * @param process key of the model
 * @param version version of the model
 * @param name what the element is called there
 */
public record MarkedElement(String process, int version, String element, String name) {}
