package io.slipway.governance.risk;

import io.slipway.release.Release;
import io.slipway.release.ReleaseOutcome;
import io.slipway.release.RiskFactor;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How the last changes of the same system ended: a success earns points, issues and failures cost more of them. */
@Component
class ChangeHistoryFactor implements RiskFactor {

    private final JdbcClient jdbc;
    private final Settings settings;

    ChangeHistoryFactor(JdbcClient jdbc, Settings settings) {
        this.jdbc = jdbc;
        this.settings = settings;
    }

    /**
     * When history weighs.
     *
     * @param changes how many of the last changes are looked at
     * @param raisesBelow score below which the risk rises by one level
     */
    @ConfigurationProperties("slipway.governance.change-history")
    record Settings(
            @DefaultValue("10") int changes,
            @DefaultValue("0") int raisesBelow) {}

    @Override
    public String name() {
        return "change-history";
    }

    @Override
    public Optional<Weight> weigh(Release release) {
        List<ReleaseOutcome> outcomes = jdbc
                .sql(
                        "select outcome from slipway_release where system_key = ? and ended_at is not null and outcome <> ?"
                                + " order by ended_at desc limit ?")
                .params(release.system(), ReleaseOutcome.CANCELLED.name(), settings.changes())
                .query(String.class)
                .list()
                .stream()
                .map(ReleaseOutcome::valueOf)
                .toList();
        int score = outcomes.stream().mapToInt(ChangeHistoryFactor::points).sum();
        return score < settings.raisesBelow()
                ? Optional.of(new Weight(
                        1,
                        "The last " + outcomes.size() + " changes of " + release.system() + " score " + score
                                + " (3 for a success, -2 with issues, -5 for a failure), less than "
                                + settings.raisesBelow() + ": one level higher."))
                : Optional.empty();
    }

    private static int points(ReleaseOutcome outcome) {
        return switch (outcome) {
            case SUCCESSFUL -> 3;
            case SUCCESSFUL_WITH_ISSUES -> -2;
            case ROLLED_BACK, UNSUCCESSFUL -> -5;
            case CANCELLED -> 0;
        };
    }
}
