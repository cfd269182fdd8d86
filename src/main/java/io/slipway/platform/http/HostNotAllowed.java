package io.slipway.platform.http;

import org.apache.http.ProtocolException;

/** The host is not among {@code slipway.http.allowed-hosts}; nothing was sent and its name was not resolved. */
public final class HostNotAllowed extends ProtocolException {

    private static final long serialVersionUID = 1L;

    HostNotAllowed(String host) {
        super(host + " is not among slipway.http.allowed-hosts");
    }
}
