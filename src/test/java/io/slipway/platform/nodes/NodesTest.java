package io.slipway.platform.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.Capability;
import io.slipway.testing.RunningApplication;
import java.time.Clock;
import java.time.Duration;
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
