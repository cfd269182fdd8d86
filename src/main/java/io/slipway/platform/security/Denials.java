package io.slipway.platform.security;

/** Is told of every request that was refused for lack of a role, whatever the status of the answer; whoever keeps the audit trail writes it down. */
public interface Denials {

    /**
     * Somebody was refused.
     *
     * @param person opaque id
     * @param method of the request, such as {@code POST}
     * @param path of the request, without its parameters
     */
    void denied(String person, String method, String path);
}
