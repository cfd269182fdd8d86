package io.slipway.integration.probes;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

/** What every adapter of {@link Probes} keeps to. */
public abstract class ProbesContract {

    /** The adapter under test. */
    protected abstract Probes probes();

    /** An address that answers as it should. */
    protected abstract URI well();

    /** An address that answers, but not well. */
    protected abstract URI unwell();

    /** An address at which nobody is. */
    protected abstract URI nobody();

    @Test
    void tellsWhatAnswersFromWhatDoesNot() {
        assertThat(probes().ask(well()).answers()).isTrue();
        assertThat(probes().ask(unwell()).answers()).isFalse();
        assertThat(probes().ask(nobody()).answers()).isFalse();
    }

    @Test
    void saysWhatItFound() {
        assertThat(probes().ask(unwell()).sentence()).isNotBlank().endsWith(".");
        assertThat(probes().ask(nobody()).sentence()).contains("did not answer");
    }
}
