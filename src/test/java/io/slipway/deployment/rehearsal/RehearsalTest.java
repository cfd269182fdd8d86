package io.slipway.deployment.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.Capability;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real migrations on a real database in memory. */
@Capability("5.3")
class RehearsalTest {

    private static final String DATA = """
            create table customer (id integer primary key, name varchar(50), city varchar(50));
            insert into customer values (1, 'Ada', 'Bern'), (2, 'Bo', null), (3, 'Cy', '');
            create table note (id integer primary key, text varchar(200));
            insert into note values (1, 'drop table');
            """;

    private static RehearsalReport rehearse(String... namesAndSql) {
        Map<String, String> files = new java.util.TreeMap<>();
        for (int i = 0; i < namesAndSql.length; i += 2) {
            files.put(namesAndSql[i], namesAndSql[i + 1]);
        }
        return Rehearsal.of(DATA, Rehearsals.paired(files));
    }

    @Test
    void whatOnlyAddsAndCanBeTakenBackPasses() {
        RehearsalReport report = rehearse(
                "V2__add_email.sql", "alter table customer add email varchar(100);",
                "U2__add_email.sql", "alter table customer drop column email;",
                "V10__orders.sql", "create table orders (id integer primary key); insert into orders values (1), (2);",
                "U10__orders.sql", "drop table orders;");

        assertThat(report.findings()).isEmpty();
        assertThat(report.steps())
                .extracting(RehearsalReport.Step::name)
                .containsExactly("V2__add_email.sql", "V10__orders.sql", "V10__orders.sql", "V2__add_email.sql");
        assertThat(report.steps()).extracting(RehearsalReport.Step::label).containsOnly("EXPAND");
        assertThat(report.fingerprintBack())
                .isEqualTo(report.fingerprintBefore())
                .isNotEqualTo(report.fingerprintAfter());
        assertThat(report.tables())
                .filteredOn(table -> table.name().equals("CUSTOMER"))
                .singleElement()
                .satisfies(table -> {
                    assertThat(table.rowsBefore()).isEqualTo(3);
                    assertThat(table.checksumAfter()).isEqualTo(table.checksumBefore());
                });
        assertThat(report.pointOfNoReturn()).isEmpty();
    }

    @Test
    void lossThatNobodyDeclaredIsFound() {
        assertThat(rehearse(
                                "V2__x.sql",
                                "alter table customer drop column city;",
                                "U2__x.sql",
                                "alter table customer add city varchar(50);")
                        .findings())
                .anyMatch(finding -> finding.contains("CUSTOMER.CITY is gone"))
                .anyMatch(finding -> finding.contains("does not restore CUSTOMER"));
        assertThat(rehearse(
                                "V2__x.sql",
                                "drop table note;",
                                "U2__x.sql",
                                "create table note (id integer primary key, text varchar(200));")
                        .findings())
                .anyMatch(finding -> finding.contains("NOTE with 1 rows is gone"));
        assertThat(rehearse(
                                "V2__x.sql",
                                "delete from customer where id = 3;",
                                "U2__x.sql",
                                "insert into customer values (3, 'Cy', '');")
                        .findings())
                .singleElement()
                .asString()
                .contains("2 rows instead of 3", "-- slipway: deletes CUSTOMER");
        assertThat(rehearse(
                                "V2__x.sql",
                                "update customer set city = '' where id = 2;",
                                "U2__x.sql",
                                "update customer set city = null where id = 2;")
                        .findings())
                .as("an empty text is not nothing")
                .singleElement()
                .asString()
                .contains("not what they were");
    }

    @Test
    void declaredLossPassesAndIsLabelled() {
        RehearsalReport report = rehearse("V2__x.sql", """
                -- slipway: drops note
                -- slipway: irreversible notes are kept in the archive
                drop table note;
                """);

        assertThat(report.findings()).isEmpty();
        assertThat(report.steps().get(0).label()).isEqualTo("IRREVERSIBLE");
        assertThat(report.pointOfNoReturn()).isEqualTo("V2__x.sql");
        assertThat(rehearse("V2__x.sql", "drop table note;").findings()).hasSize(2);
    }

    @Test
    void sqlThatFailsIsToldWithItsFile() {
        assertThat(rehearse("V2__x.sql", "alter table nobody add x integer;", "U2__x.sql", "select 1;")
                        .findings())
                .singleElement()
                .asString()
                .startsWith("V2__x.sql fails on the clone");
        assertThat(Rehearsal.of("nonsense", Rehearsals.paired(Map.of())).findings())
                .singleElement()
                .asString()
                .contains("cannot be loaded");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create alias x for 'java.lang.System.getProperty'",
                "create alias x as 'String x() { return null; }'",
                "create linked table x (null, 'jdbc:h2:mem:other', 'sa', '', 'y')",
                "runscript from '/etc/passwd'",
                "script to '/tmp/slipway-rehearsal-leak.sql'",
                "create table x as select file_read('/etc/passwd')",
                "create table x as select * from csvread('/etc/passwd')",
                "call csvwrite('/tmp/slipway-rehearsal-leak.csv', 'select 1')",
                "create trigger t before insert on note for each row call 'java.lang.String'",
                "create aggregate x for 'java.lang.String'",
                "create user x password 'y' admin",
                "shutdown",
                "backup to '/tmp/slipway-rehearsal-leak.zip'"
            })
    void filesOtherDatabasesAndJavaAreOutOfReach(String sql) {
        assertThat(rehearse("V2__x.sql", sql, "U2__x.sql", "select 1;").findings())
                .singleElement()
                .asString()
                .startsWith("V2__x.sql fails on the clone");
        assertThat(java.nio.file.Path.of("/tmp/slipway-rehearsal-leak.sql")).doesNotExist();
        assertThat(java.nio.file.Path.of("/tmp/slipway-rehearsal-leak.csv")).doesNotExist();
    }
}
