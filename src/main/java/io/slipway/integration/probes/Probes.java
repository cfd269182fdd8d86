package io.slipway.integration.probes;

import java.net.URI;

/** Asks an address whether it answers. A probe reads and changes nothing. */
public interface Probes {

    /**
     * Asks once.
     *
     * @param address an address with http or https, without a user
     * @return what was found; an address that does not answer, or may not be asked, is found not to answer, with the reason
     */
    Finding ask(URI address);

    /**
     * What was found.
     *
     * @param answers whether it answered with a status from 200 to 299
     * @param sentence what it answered, or why it did not
     */
    record Finding(boolean answers, String sentence) {}
}
