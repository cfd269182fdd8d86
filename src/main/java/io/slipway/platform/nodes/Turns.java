package io.slipway.platform.nodes;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Lets one node at a time do what is done by the clock. The row says whose turn it is and until when, by the clock of the database; a
 * node that died loses its turn when that time is over, one that stops gives it back.
 *
 * <p>It spares work and no more: what is done in a turn claims its rows besides, because a turn may end while its node is still at it.
 */
@Service
public class Turns {

    private final JdbcClient jdbc;
    private final NodeSettings settings;
    private final Nodes nodes;

    Turns(JdbcClient jdbc, NodeSettings settings, Nodes nodes) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.nodes = nodes;
    }

    /** Takes the turn or keeps it; false when it is another node's. */
    public boolean take(String turn) {
        if (claim(turn) > 0) {
            return true;
        }
        if (isTaken(turn)) {
            return false;
        }
        try {
            jdbc.sql("insert into node_turn (turn_name, holder, ends_at)"
                            + " values (?, ?, timestampadd(SECOND, ?, localtimestamp(6)))")
                    .params(turn, nodes.incarnation(), settings.turn().toSeconds())
                    .update();
            return true;
        } catch (DuplicateKeyException otherWasFaster) {
            return false;
        }
    }

    private boolean isTaken(String turn) {
        return jdbc.sql("select count(*) from node_turn where turn_name = ?")
                        .param(turn)
                        .query(Long.class)
                        .single()
                > 0;
    }

    private int claim(String turn) {
        return jdbc.sql("update node_turn set holder = ?, ends_at = timestampadd(SECOND, ?, localtimestamp(6))"
                        + " where turn_name = ? and (holder = ? or ends_at <= localtimestamp(6))")
                .params(nodes.incarnation(), settings.turn().toSeconds(), turn, nodes.incarnation())
                .update();
    }
}
