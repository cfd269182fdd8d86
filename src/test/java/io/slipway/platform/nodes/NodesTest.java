package io.slipway.platform.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.Capability;
import io.slipway.testing.RunningApplication;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@RunningApplication
@SuppressWarnings("NullAway.Init")
@Capability("10.4")
class NodesTest {

    private static final NodeSettings SETTINGS =
            new NodeSettings(null, Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(30));

    @Autowired
    private Nodes me;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Clock clock;

    @AfterEach
    void nobodyElseIsLeft() {
        jdbc.sql("delete from node where node_name <> ?").param(me.name()).update();
        jdbc.sql("delete from node_turn where turn_name = 'test'").update();
    }

    private Nodes other(String name) {
        Nodes other = new Nodes(jdbc, SETTINGS, clock, new NodeName(name));
        other.begin();
        return other;
    }

    private void silence(String name, int seconds) {
        jdbc.sql("update node set seen_at = timestampadd(SECOND, ?, localtimestamp(6)) where node_name = ?")
                .params(-seconds, name)
                .update();
    }

    @Test
    void aProgramThatRunsIsKnownToLive() {
        assertThat(me.all())
                .filteredOn(node -> node.name().equals(me.name()))
                .singleElement()
                .satisfies(node -> {
                    assertThat(node.stopped()).isFalse();
                    assertThat(node.silentFor()).isLessThan(Duration.ofSeconds(30));
                    assertThat(node.clockAhead().abs()).isLessThan(Duration.ofSeconds(5));
                });
    }

    @Test
    void aNodeIsDeadAfterItsSilenceAndNotWhenItSaidThatItStops() {
        Nodes killed = other("killed");
        Nodes stopped = other("stopped");
        stopped.end();
        silence("killed", 29);
        assertThat(me.dead()).isEmpty();
        silence("killed", 31);
        silence("stopped", 31);
        assertThat(me.dead()).extracting(Node::name).containsExactly("killed");

        killed.beat();
        assertThat(me.dead()).isEmpty();
    }

    @Test
    void aNodeThatCouldGiveNoSignItselfCallsNobodyDeadForAMoment() throws InterruptedException {
        NodeSettings quick =
                new NodeSettings(null, Duration.ofMillis(300), Duration.ofSeconds(1), Duration.ofSeconds(30));
        Nodes cutOff = new Nodes(jdbc, quick, clock, new NodeName("cut-off"));
        cutOff.begin();
        other("killed");
        silence("killed", 31);
        assertThat(cutOff.dead()).extracting(Node::name).contains("killed");

        Thread.sleep(1_100);
        assertThat(cutOff.dead()).as("without a sign of its own").isEmpty();
        cutOff.beat();
        assertThat(cutOff.dead()).as("as soon as it is back").isEmpty();
        for (int i = 0; i < 2; i++) {
            Thread.sleep(500);
            cutOff.beat();
        }
        assertThat(cutOff.dead())
                .as("after others could have given a sign")
                .extracting(Node::name)
                .contains("killed");
    }

    @Test
    void aClockIsOffByWhatAnAnswerThatTookLongDoesNotExplain() {
        Nodes slow = new Nodes(jdbc, SETTINGS, ticking(-20, 40), new NodeName("slow"));
        slow.begin();
        slow.beat();
        Nodes behind = new Nodes(jdbc, SETTINGS, ticking(-40, 20), new NodeName("behind"));
        behind.begin();
        behind.beat();
        Nodes ahead = new Nodes(jdbc, SETTINGS, ticking(20, 20), new NodeName("ahead"));
        ahead.begin();
        ahead.beat();

        assertThat(clockOf("slow")).isZero();
        assertThat(clockOf("behind")).isBetween(Duration.ofSeconds(-30), Duration.ofSeconds(-19));
        assertThat(clockOf("ahead")).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(21));
    }

    private Duration clockOf(String name) {
        return me.all().stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow()
                .clockAhead();
    }

    /** A clock that is off by some seconds and goes on by others each time somebody looks at it. */
    private static Clock ticking(int off, int step) {
        Clock real = Clock.systemUTC();
        return new Clock() {
            private int looks;

            @Override
            public Instant instant() {
                return real.instant().plusSeconds(off + (long) step * looks++);
            }

            @Override
            public ZoneId getZone() {
                return real.getZone();
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException("Nobody asks it for another zone");
            }
        };
    }

    @Test
    void aNodeThatStartsAgainTakesItsNameOverAndItsOldSelfSaysNothingForIt() {
        Nodes before = other("same");
        silence("same", 40);
        Nodes after = other("same");
        before.end();

        assertThat(me.all())
                .filteredOn(node -> node.name().equals("same"))
                .singleElement()
                .satisfies(node -> {
                    assertThat(node.incarnation()).isEqualTo(after.incarnation());
                    assertThat(node.stopped()).isFalse();
                });
    }

    @Test
    void onlyWhoIsDeadOrStoppedIsTakenOffTheList() {
        other("living");
        other("gone");
        silence("gone", 31);

        assertThat(me.remove("living")).isFalse();
        assertThat(me.remove("gone")).isTrue();
        assertThat(me.all()).extracting(Node::name).contains("living").doesNotContain("gone");
    }

    @Test
    void aTurnIsOneNodesUntilItStopsOrFallsSilent() {
        Nodes one = other("one");
        Nodes two = other("two");
        Turns ofOne = new Turns(jdbc, SETTINGS, one);
        Turns ofTwo = new Turns(jdbc, SETTINGS, two);

        assertThat(ofOne.take("test")).isTrue();
        assertThat(ofTwo.take("test")).isFalse();
        assertThat(ofOne.take("test")).isTrue();

        jdbc.sql("update node_turn set ends_at = timestampadd(SECOND, -1, localtimestamp(6)) where turn_name = 'test'")
                .update();
        assertThat(ofTwo.take("test")).isTrue();
        assertThat(ofOne.take("test")).isFalse();

        two.end();
        assertThat(ofOne.take("test")).isTrue();
    }
}
