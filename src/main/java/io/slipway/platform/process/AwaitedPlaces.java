package io.slipway.platform.process;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What process instances carry in one text variable, and since when they run, for a whole page of them in one statement. */
@Component
public class AwaitedPlaces {

    private static final String PLACES = """
            select v.PROC_INST_ID_ as PI, v.TEXT_ as PLACE, h.START_TIME_ as SINCE
            from ACT_RU_VARIABLE v join ACT_HI_PROCINST h on h.ID_ = v.PROC_INST_ID_
            where v.PROC_INST_ID_ in (:instances) and v.EXECUTION_ID_ = v.PROC_INST_ID_ and v.NAME_ = :name and v.TEXT_ is not null
            """;

    private final JdbcClient jdbc;

    AwaitedPlaces(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What an instance carries.
     *
     * @param place the value of the variable
     * @param since when the instance began
     */
    public record Place(String place, Instant since) {}

    /** The value of the variable by id of the instance; instances without one are left out. */
    public Map<String, Place> of(Collection<String> instances, ProcessVariable<String> variable) {
        Map<String, Place> places = new HashMap<>();
        if (!instances.isEmpty()) {
            jdbc.sql(PLACES)
                    .param("instances", instances)
                    .param("name", variable.name())
                    .query(row -> {
                        places.put(
                                row.getString("PI"),
                                new Place(
                                        row.getString("PLACE"),
                                        row.getTimestamp("SINCE").toInstant()));
                    });
        }
        return places;
    }
}
