package io.slipway.integration.planning;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.jdbc.AutoConfigureTestDatabase;
import org.springframework.boot.test.autoconfigure.orm.jpa.DataJpaTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

@DataJpaTest(properties = {"slipway.data=target/data/${random.uuid}", "spring.flyway.password="})
@AutoConfigureTestDatabase
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@Import(EmbeddedPlanning.class)
@SuppressWarnings("NullAway.Init")
class EmbeddedPlanningTest extends PlanningToolContract {

    @Autowired
    private PlanningTool tool;

    @Autowired
    private JdbcClient jdbc;

    @Override
    protected PlanningTool tool() {
        return tool;
    }

    @Override
    protected Optional<Instant> forecast(String release, String milestone) {
        return jdbc.sql("select forecast from planning_entry where release_key = ? and milestone = ?")
                .params(release, milestone)
                .query(LocalDateTime.class)
                .optional()
                .map(moment -> moment.toInstant(ZoneOffset.UTC));
    }
}
