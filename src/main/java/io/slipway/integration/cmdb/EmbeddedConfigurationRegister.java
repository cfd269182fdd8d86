package io.slipway.integration.cmdb;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * A register of our own: the items, and the keys of the wishes that were fulfilled, in two tables of Slipway's database. It takes
 * part in the caller's transaction.
 */
@Component
@ConditionalOnProperty(name = "slipway.cmdb.register", havingValue = "embedded", matchIfMissing = true)
class EmbeddedConfigurationRegister implements ConfigurationRegister {

    private final JdbcClient jdbc;
    private final Clock clock;

    EmbeddedConfigurationRegister(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    @Transactional(noRollbackFor = ConfigurationRegisterRefused.class)
    public Optional<ConfigurationItem> update(
            String system, String environment, Optional<Installed> installed, String idempotencyKey) {
        bounded("system", system, 64);
        bounded("environment", environment, 64);
        bounded("idempotency key", idempotencyKey, 128);
        installed.ifPresent(wanted -> {
            bounded("version", wanted.version(), 64);
            bounded("digest", wanted.digest(), 64);
            wanted.release().ifPresent(release -> bounded("release", release, 128));
        });
        String wish = system + "/" + environment + ": "
                + installed.map(Installed::toString).orElse("nothing");
        if (isNew(idempotencyKey, wish)) {
            write(system, environment, installed);
        }
        return read(system, environment);
    }

    /** Enters the key; false when the same wish was fulfilled under it before. */
    private boolean isNew(String key, String wish) {
        Optional<String> before = wishOf(key);
        if (before.isEmpty()) {
            try {
                jdbc.sql("insert into cmdb_update (idempotency_key, wish, updated_at) values (?, ?, ?)")
                        .params(key, wish, now())
                        .update();
                return true;
            } catch (DuplicateKeyException e) {
                before = wishOf(key);
            }
        }
        if (before.filter(wish::equals).isEmpty()) {
            throw new ConfigurationRegisterRefused(
                    "The key " + key + " was used for another content; please use a key of its own for each update.");
        }
        return false;
    }

    private Optional<String> wishOf(String key) {
        return jdbc.sql("select wish from cmdb_update where idempotency_key = ?")
                .param(key)
                .query(String.class)
                .optional();
    }

    private void write(String system, String environment, Optional<Installed> installed) {
        if (read(system, environment).map(ConfigurationItem::installed).equals(installed)) {
            return;
        }
        jdbc.sql("delete from cmdb_item where system_key = ? and environment_key = ?")
                .params(system, environment)
                .update();
        installed.ifPresent(wanted -> jdbc.sql(
                        "insert into cmdb_item (system_key, environment_key, version, digest, release_key, since)"
                                + " values (?, ?, ?, ?, ?, ?)")
                .params(
                        system,
                        environment,
                        wanted.version(),
                        wanted.digest(),
                        wanted.release().orElse(null),
                        now())
                .update());
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<ConfigurationItem> read(String system, String environment) {
        return jdbc.sql("select system_key, environment_key, version, digest, release_key, since from cmdb_item"
                        + " where system_key = ? and environment_key = ?")
                .params(system, environment)
                .query(EmbeddedConfigurationRegister::item)
                .optional();
    }

    private LocalDateTime now() {
        return LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private static void bounded(String field, String text, int longest) {
        if (text.isBlank() || text.length() > longest) {
            throw new ConfigurationRegisterRefused(
                    "The " + field + " of a configuration item needs 1 to " + longest + " characters.");
        }
    }

    private static ConfigurationItem item(ResultSet row, int index) throws SQLException {
        return new ConfigurationItem(
                row.getString("system_key"),
                row.getString("environment_key"),
                new Installed(
                        row.getString("version"),
                        row.getString("digest"),
                        Optional.ofNullable(row.getString("release_key"))),
                row.getObject("since", LocalDateTime.class).toInstant(ZoneOffset.UTC));
    }
}
