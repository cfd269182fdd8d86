package io.slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.camunda.bpm.engine.ProcessEngine;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.JdbcTemplate;

@SpringBootTest(
        properties = {
            "slipway.data=target/data/${random.uuid}",
            "camunda.bpm.generate-unique-process-engine-name=true",
            "camunda.bpm.generate-unique-process-application-name=true",
            "camunda.bpm.job-execution.enabled=false"
        })
@SuppressWarnings("NullAway.Init")
class ApplicationTest {

    @Autowired
    private ProcessEngine engine;

    @Autowired
    private JdbcTemplate jdbc;

    @Test
    void startsWithTheEngineOnTablesThatFlywayCreated() {
        assertThat(engine.getManagementService().getTableCount()).containsKey("ACT_RU_TASK");
    }

    @Test
    void theEmbeddedDatabaseNeverCompactsItsFile() {
        assertThat(jdbc.queryForList(
                        "select setting_value from information_schema.settings where setting_name in"
                                + " ('AUTO_COMPACT_FILL_RATE', 'MAX_COMPACT_TIME')",
                        String.class))
                .containsExactlyInAnyOrder("0", "0");
    }

    @Test
    void theApplicationsAccountMayNeitherChangeAuditEntriesNorTables() {
        assertThatThrownBy(() -> jdbc.update("update audit_entry set actor = 'x'"))
                .hasMessageContaining("Not enough rights");
        assertThatThrownBy(() -> jdbc.update("delete from audit_entry")).hasMessageContaining("Not enough rights");
        assertThatThrownBy(() -> jdbc.execute("truncate table audit_entry")).hasMessageContaining("Not enough rights");
        assertThatThrownBy(() -> jdbc.execute("create table x (y integer)")).hasMessageContaining("rights");
        assertThatThrownBy(() -> jdbc.execute("drop table audit_entry")).hasMessageContaining("rights");
    }
}
