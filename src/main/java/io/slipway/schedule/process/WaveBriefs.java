package io.slipway.schedule.process;

import io.slipway.platform.process.Brief;
import io.slipway.release.Release;
import io.slipway.schedule.waves.Wave;
import io.slipway.schedule.waves.Waves;
import java.util.Optional;

/** What is read before a wave is handed or taken over. */
final class WaveBriefs {

    private WaveBriefs() {}

    /** A wave, in the zone of the region and in UTC. */
    record Row(String region, String site, String reader, String state) {

        static Row of(Wave wave) {
            return new Row(wave.region(), wave.site(), Brief.moment(wave.span().start()), wave.state());
        }
    }

    static Brief of(String question, Release release, Waves waves) {
        Optional<Wave> next = waves.next(release);
        return Brief.of(question + next.map(wave -> " " + wave.region()).orElse("") + "?")
                .fact("Release", release.title())
                .fact("Local window", next.map(Wave::site).orElse(null))
                .fact("Calendars", next.map(Wave::finding).orElse(null))
                .fact("What the region has to know", next.flatMap(Wave::note).orElse(null))
                .table("waves", waves.of(release).stream().map(Row::of).toList());
    }
}
