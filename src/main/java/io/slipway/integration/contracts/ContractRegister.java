package io.slipway.integration.contracts;

import java.util.List;

/** The register of contracts between systems. Versions in it are text to the register; what they mean is the caller's business. */
public interface ContractRegister {

    /** Most contracts that one system has with others; more are refused. */
    int MOST = 2_000;

    /**
     * Enters a contract; the same content again gives the one that is there.
     *
     * @param person opaque id of who enters it
     * @throws ContractsRefused when a text is missing or too long, or there are too many
     * @throws ContractsUnavailable when the register does not answer; repeat the call
     */
    Contract enter(Contract.NewContract entered, String person);

    /**
     * Takes a contract out of use; one that is not in use any more stays so.
     *
     * @throws ContractsRefused when there is none with this number
     * @throws ContractsUnavailable when the register does not answer; repeat the call
     */
    void retire(long id, String person);

    /**
     * Contracts in use in which a system is consumer or provider, in the order in which they were entered.
     *
     * @throws ContractsUnavailable when the register does not answer; repeat the call
     */
    List<Contract> of(String system);

    /**
     * All contracts in use page by page, the newest first.
     *
     * @throws ContractsUnavailable when the register does not answer; repeat the call
     */
    List<Contract> latest(long offset, int limit);

    /**
     * Number of contracts in use, counted up to a number.
     *
     * @throws ContractsUnavailable when the register does not answer; repeat the call
     */
    long count(int most);
}
