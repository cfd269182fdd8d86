package io.slipway.platform.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BeginningTest {

    private static final String SHIP = "\uD83D\uDEA2";

    @Test
    void whatFitsStaysWhole() {
        assertThat(Beginning.of("ship", 4)).isEqualTo("ship");
        assertThat(Beginning.marked("ship", 4)).isEqualTo("ship");
        assertThat(Beginning.of(SHIP, 2)).isEqualTo(SHIP);
        assertThat(Beginning.of("", 0)).isEmpty();
    }

    @Test
    void whatIsLongerEndsBeforeTheCharacterThatDoesNotFit() {
        assertThat(Beginning.of("ships", 4)).isEqualTo("ship");
        assertThat(Beginning.marked("ships", 4)).isEqualTo("shi…");
        assertThat(Beginning.of("ship", 0)).isEmpty();
        assertThat(Beginning.of("a" + SHIP + SHIP, 3)).isEqualTo("a" + SHIP);
        assertThat(Beginning.of("a" + SHIP + SHIP, 4)).isEqualTo("a" + SHIP);
        assertThat(Beginning.marked("a" + SHIP + SHIP, 4)).isEqualTo("a" + SHIP + "…");
        assertThat(Beginning.marked(SHIP + SHIP, 3)).isEqualTo(SHIP + "…");
        assertThat(Beginning.marked(SHIP + SHIP, 2)).isEqualTo("…");
    }
}
