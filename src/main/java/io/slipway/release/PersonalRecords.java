package io.slipway.release;

import io.slipway.platform.security.People;
import io.slipway.platform.security.Person;
import io.slipway.platform.text.Beginning;
import java.sql.ResultSetMetaData;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Copies and erases what is kept about a person in the places that a module names. Which columns hold ids of people and which hold texts
 * is read from the database itself, so that no column of a place is forgotten.
 */
@Component
public class PersonalRecords {

    /** What stands in place of a name that was erased. */
    public static final String ERASED = "[erased]";

    private static final int MOST_ROWS = 10_000;
    private static final int MOST_TEXT = 2_000;

    /** Columns that name a person by the opaque id; the naming of columns is the same in all modules. */
    private static final Pattern ID =
            Pattern.compile(".*_by|person_id|owner_id|author|reviewer|actor|beneficiary|from_person|to_person");

    private static final Set<String> TEXTS =
            Set.of("varchar", "character varying", "longtext", "character large object", "text");

    private final JdbcClient jdbc;
    private final People people;

    PersonalRecords(JdbcClient jdbc, People people) {
        this.jdbc = jdbc;
        this.people = people;
    }

    /** The places of a module as it answers for them. */
    public PersonalData of(String module, List<PersonalPlace> places) {
        return of(module, places, (unused, person) -> {
            // Nothing beside the places.
        });
    }

    /** The places of a module, and what else has to be done there at erasure, before the places. */
    public PersonalData of(String module, List<PersonalPlace> places, BiConsumer<JdbcClient, String> more) {
        return new Places(module, List.copyOf(places), more);
    }

    private final class Places implements PersonalData {

        private final String module;
        private final List<PersonalPlace> places;
        private final BiConsumer<JdbcClient, String> more;

        private Places(String module, List<PersonalPlace> places, BiConsumer<JdbcClient, String> more) {
            this.module = module;
            this.places = places;
            this.more = more;
        }

        @Override
        public String name() {
            return module;
        }

        @Override
        public List<PersonalPlace> places() {
            return places;
        }

        @Override
        public List<Map<String, String>> of(String person) {
            List<Map<String, String>> rows = new ArrayList<>();
            places.forEach(place -> rows.addAll(copy(place, person, MOST_ROWS - rows.size())));
            return rows;
        }

        @Override
        public Optional<Kept> keptUntil(String person) {
            return Optional.empty();
        }

        @Override
        public void erase(String person) {
            more.accept(jdbc, person);
            places.forEach(place -> PersonalRecords.this.erase(place, person));
        }
    }

    private List<Map<String, String>> copy(PersonalPlace place, String person, int most) {
        List<String> ids = columns(place.table()).stream()
                .filter(column -> ID.matcher(column).matches())
                .toList();
        if (ids.isEmpty() || most <= 0) {
            return List.of();
        }
        return jdbc.sql("select * from " + place.table() + " where " + String.join(" = ? or ", ids) + " = ? limit "
                        + most)
                .params(ids.stream().map(id -> (Object) person).toList())
                .query((row, index) -> {
                    Map<String, String> copied = new LinkedHashMap<>();
                    copied.put("table", place.table());
                    ResultSetMetaData told = row.getMetaData();
                    for (int i = 1; i <= told.getColumnCount(); i++) {
                        Object value = told.getColumnTypeName(i)
                                        .toLowerCase(Locale.ROOT)
                                        .contains("binary")
                                ? null
                                : row.getString(i);
                        if (value != null) {
                            String text = value.toString();
                            copied.put(
                                    told.getColumnLabel(i).toLowerCase(Locale.ROOT),
                                    Beginning.marked(text, MOST_TEXT + 1));
                        }
                    }
                    return copied;
                })
                .list();
    }

    private void erase(PersonalPlace place, String person) {
        List<String> columns = columns(place.table());
        List<String> ids =
                columns.stream().filter(column -> ID.matcher(column).matches()).toList();
        switch (place.treatment()) {
            case DELETED ->
                ids.forEach(id -> jdbc.sql("delete from " + place.table() + " where " + id + " = ?")
                        .param(person)
                        .update());
            case PSEUDONYMISED ->
                columns.stream()
                        .filter(column -> !ids.contains(column))
                        .forEach(column -> takeOut(place.table(), column, names(person)));
            case RECORDED -> {
                // Nobody may change it, this program included.
            }
        }
    }

    /** What a person is known by, the longest first, so that no half of a name is left. */
    private List<String> names(String person) {
        return Stream.concat(
                        people.find(person).stream()
                                .filter(known -> known.state() != Person.State.ERASED)
                                .flatMap(known -> Stream.concat(Stream.of(known.login()), known.mail().stream())),
                        Stream.of(people.name(person)).filter(name -> !name.equals(ERASED)))
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    private void takeOut(String table, String column, List<String> names) {
        for (String name : names) {
            Pattern word = Pattern.compile("(?<![\\w@-])" + Pattern.quote(name) + "(?![\\w@-])");
            List<String> texts = jdbc.sql(
                            "select distinct " + column + " from " + table + " where locate(?, " + column + ") > 0")
                    .param(name)
                    .query(String.class)
                    .list();
            for (String text : texts) {
                String left = word.matcher(text).replaceAll(Matcher.quoteReplacement(ERASED));
                if (!left.equals(text)) {
                    jdbc.sql("update " + table + " set " + column + " = ? where " + column + " = ?")
                            .params(left, text)
                            .update();
                }
            }
        }
    }

    /** Columns of a table that hold texts. */
    private List<String> columns(String table) {
        return jdbc
                .sql("select column_name, data_type from information_schema.columns where lower(table_name) = ?"
                        + " and table_schema = schema()")
                .param(table)
                .query((row, index) -> TEXTS.contains(row.getString(2).toLowerCase(Locale.ROOT))
                        ? row.getString(1).toLowerCase(Locale.ROOT)
                        : "")
                .list()
                .stream()
                .filter(column -> !column.isEmpty())
                .toList();
    }
}
