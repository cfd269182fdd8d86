package io.slipway.platform.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MomentsTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-14T14:04:00Z",
                "14 Mar 2026, 14:04 UTC",
                "2026-03-14 14:04 UTC",
                "2026-03-14 23:04 Asia/Tokyo"
            })
    void tellsWhateverTheProgramWritesInBothZones(String written) {
        assertThat(Moments.told("It opens at " + written + ".", BERLIN, TOKYO))
                .isEqualTo("It opens at 14 Mar 2026, 15:04 Europe/Berlin (at the site 14 Mar 2026, 23:04 Asia/Tokyo).");
    }

    @Test
    void tellsASpanWithEachZoneOnce() {
        assertThat(Moments.told("2026-03-14T14:04:00Z/2026-03-14T16:04:30.5Z", BERLIN, TOKYO))
                .isEqualTo("14 Mar 2026, 15:04 to 14 Mar 2026, 17:04 Europe/Berlin"
                        + " (at the site 14 Mar 2026, 23:04 to 15 Mar 2026, 01:04 Asia/Tokyo)");
    }

    @Test
    void saysNothingTwiceToAReaderAtTheSite() {
        assertThat(Moments.told("2026-03-14T14:04:00Z", TOKYO, TOKYO)).isEqualTo("14 Mar 2026, 23:04 Asia/Tokyo");
        assertThat(Moments.told("2026-03-14T14:04:00Z", ZoneOffset.UTC, ZoneOffset.UTC))
                .isEqualTo("14 Mar 2026, 14:04 UTC");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-10-25 02:30 Europe/Berlin",
                "2026-03-29 02:30 Europe/Berlin",
                "2026-13-14T14:04:00Z",
                "31 Feb 2026, 14:04 UTC x",
                "2026-03-14 14:04 Nowhere/City",
                "release-2026-03-14T14:04:00Z",
                "2026-03-14T14:04:00Zulu",
                "14:04"
            })
    void leavesWhatIsNoMomentOrTwo(String written) {
        assertThat(Moments.told(written, BERLIN, TOKYO)).isEqualTo(written);
    }
}
