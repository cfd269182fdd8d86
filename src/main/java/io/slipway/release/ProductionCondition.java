package io.slipway.release;

import java.util.List;

/**
 * Something that must hold whenever production is touched. It is asked by the code that deploys, in the transaction that writes the
 * ledger row, and it decides from records, never from process variables. Which names must be there is data.
 */
public interface ProductionCondition {

    /** Stable name, such as {@code approvals}. */
    String name();

    /**
     * What stands against touching production with this.
     *
     * @return one sentence per obstacle, naming the remedy; empty when nothing does
     */
    List<String> obstacles(Release release, ProductionTouch touch);

    /**
     * What is about to be done.
     *
     * @param environment key of the environment
     * @param packageDigest SHA-256 of the sealed package's manifest
     * @param planDigest SHA-256 of the deployment plan
     */
    record ProductionTouch(String environment, String packageDigest, String planDigest) {}
}
