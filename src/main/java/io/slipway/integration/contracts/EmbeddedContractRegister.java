package io.slipway.integration.contracts;

import io.slipway.platform.data.ListTotal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A register of our own: one table in Slipway's database. */
@Component
@ConditionalOnProperty(name = "slipway.contracts.register", havingValue = "embedded", matchIfMissing = true)
class EmbeddedContractRegister implements ContractRegister {

    private final JdbcClient jdbc;
    private final Clock clock;

    EmbeddedContractRegister(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    @Transactional(noRollbackFor = ContractsRefused.class)
    public Contract enter(Contract.NewContract entered, String person) {
        bounded("consumer", entered.consumer(), 64);
        bounded("consumerFrom", entered.consumerFrom(), 100);
        bounded("consumerBelow", entered.consumerBelow().orElse("-"), 100);
        bounded("provider", entered.provider(), 64);
        bounded("providerFrom", entered.providerFrom(), 100);
        bounded("providerBelow", entered.providerBelow().orElse("-"), 100);
        bounded("evidence", entered.evidence(), 2_000);
        List<Contract> present = of(entered.consumer());
        Optional<Contract> same =
                present.stream().filter(one -> content(one).equals(entered)).findFirst();
        if (same.isPresent()) {
            return same.get();
        }
        if (present.size() >= MOST || of(entered.provider()).size() >= MOST) {
            throw new ContractsRefused(
                    "A system has at most " + MOST + " contracts in use; please retire those that are past.");
        }
        KeyHolder key = new GeneratedKeyHolder();
        jdbc.sql(
                        "insert into contract_entry (consumer, consumer_from, consumer_below, provider, provider_from,"
                                + " provider_below, works, evidence, entered_by, entered_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        entered.consumer(),
                        entered.consumerFrom(),
                        entered.consumerBelow().orElse(null),
                        entered.provider(),
                        entered.providerFrom(),
                        entered.providerBelow().orElse(null),
                        entered.works(),
                        entered.evidence(),
                        person,
                        LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .update(key, "id");
        return jdbc.sql("select * from contract_entry where id = ?")
                .param(Objects.requireNonNull(key.getKey()).longValue())
                .query(EmbeddedContractRegister::contract)
                .single();
    }

    private static void bounded(String field, String text, int longest) {
        if (text.isBlank() || text.length() > longest) {
            throw new ContractsRefused(
                    "The field '" + field + "' of a contract needs 1 to " + longest + " characters.");
        }
    }

    @Override
    @Transactional(noRollbackFor = ContractsRefused.class)
    public void retire(long id, String person) {
        if (jdbc.sql("select count(*) from contract_entry where id = ?")
                        .param(id)
                        .query(Long.class)
                        .single()
                == 0) {
            throw new ContractsRefused("There is no contract " + id + ".");
        }
        jdbc.sql("update contract_entry set retired_by = ?, retired_at = ? where id = ? and retired_at is null")
                .params(person, LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC), id)
                .update();
    }

    @Override
    public List<Contract> of(String system) {
        return jdbc.sql("select * from contract_entry where retired_at is null and (consumer = ? or provider = ?)"
                        + " order by id")
                .params(system, system)
                .query(EmbeddedContractRegister::contract)
                .list();
    }

    @Override
    public List<Contract> latest(long offset, int limit) {
        return jdbc.sql(
                        "select * from contract_entry where retired_at is null order by id desc limit :limit offset :offset")
                .param("limit", limit)
                .param("offset", offset)
                .query(EmbeddedContractRegister::contract)
                .list();
    }

    @Override
    public long count(int most) {
        return jdbc.sql(ListTotal.sql("from contract_entry where retired_at is null", most))
                .query(Long.class)
                .single();
    }

    private static Contract.NewContract content(Contract contract) {
        return new Contract.NewContract(
                contract.consumer(),
                contract.consumerFrom(),
                contract.consumerBelow(),
                contract.provider(),
                contract.providerFrom(),
                contract.providerBelow(),
                contract.works(),
                contract.evidence());
    }

    private static Contract contract(ResultSet row, int index) throws SQLException {
        return new Contract(
                row.getLong("id"),
                row.getString("consumer"),
                row.getString("consumer_from"),
                Optional.ofNullable(row.getString("consumer_below")),
                row.getString("provider"),
                row.getString("provider_from"),
                Optional.ofNullable(row.getString("provider_below")),
                row.getBoolean("works"),
                row.getString("evidence"),
                row.getString("entered_by"),
                row.getObject("entered_at", LocalDateTime.class).toInstant(ZoneOffset.UTC));
    }
}
