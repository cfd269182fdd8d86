package io.slipway.scope;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.slipway.scope.ItemsRefused.Fault;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of items: CSV as RFC 4180 has it, in UTF-8, one header line with the names of the columns in any order.
 *
 * <p>It reads to the end and tells every fault. Texts are kept as they are: a formula, a tag or an expression stays the characters
 * it consists of.
 */
final class ItemsFile {

    static final int MOST_BYTES = Scopes.MOST_BYTES;
    static final int MOST_ROWS = 5_000;
    private static final int LONGEST_TITLE = 200;
    private static final int MOST_NEEDS = 50;

    private static final List<String> COLUMNS =
            List.of("key", "title", "kind", "value", "effort", "risk", "breaking", "data_migration", "depends_on");
    /** May be missing in a file, or empty in a line. */
    private static final List<String> FURTHER = List.of("component", "owner", "due", "critical", "user_visible");

    private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(20).build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Pattern COMPONENT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,63}");
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._#/-]{0,63}");
    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).get();

    private final String text;
    private final int[] lineStarts;
    private final List<Fault> faults = new ArrayList<>();
    private final Map<String, NewItem> items = new LinkedHashMap<>();
    private final Map<String, Long> lineOfKey = new HashMap<>();
    private final Function<String, Optional<String>> people;
    private final Map<String, Optional<String>> asked = new HashMap<>();

    private ItemsFile(String text, Function<String, Optional<String>> people) {
        this.text = text;
        this.lineStarts = lineStarts(text);
        this.people = people;
    }

    /**
     * Reads the items of a CSV file in the order of its lines.
     *
     * @param people finds the id of a person by the login that the file names as an owner
     * @throws ItemsRefused with every fault of the file
     */
    static List<NewItem> read(byte[] bytes, Function<String, Optional<String>> people) {
        refuseLarge(bytes);
        ItemsFile file = new ItemsFile(decoded(bytes), people);
        file.readRows();
        return file.taken();
    }

    /**
     * Reads the items of a JSON list, or of the list {@code items} of a JSON object, with the names of the columns; what has two words
     * may be written in camel case as well. The line of a fault is the number of its item.
     *
     * @throws ItemsRefused with every fault
     */
    static List<NewItem> readJson(byte[] bytes, Function<String, Optional<String>> people) {
        refuseLarge(bytes);
        ItemsFile file = new ItemsFile("", people);
        file.readList(bytes);
        return file.taken();
    }

    private static void refuseLarge(byte[] bytes) {
        if (bytes.length > MOST_BYTES) {
            throw new ItemsRefused(List.of(new Fault(
                    1, "", "the file is larger than 1 MB (" + MOST_BYTES + " bytes); please leave out items.")));
        }
    }

    private List<NewItem> taken() {
        findCircles();
        if (faults.isEmpty() && items.isEmpty()) {
            faults.add(new Fault(2, "", "the file has no items; please add one line for each."));
        }
        if (!faults.isEmpty()) {
            faults.sort(Comparator.comparingLong(Fault::line));
            throw new ItemsRefused(faults);
        }
        return List.copyOf(items.values());
    }

    private void readList(byte[] bytes) {
        JsonNode list;
        try {
            JsonNode read = JSON.readTree(bytes);
            list = read != null && read.isObject() ? read.path("items") : read;
        } catch (JsonProcessingException e) {
            long line =
                    e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
            faults.add(new Fault(line, "", "this is no JSON, or it is nested too deeply; please mend it."));
            return;
        } catch (IOException e) {
            faults.add(new Fault(1, "", "this cannot be read as JSON in UTF-8; please mend it."));
            return;
        }
        if (list == null || !list.isArray()) {
            faults.add(
                    new Fault(1, "", "a list of items is expected, such as {\"items\": [{\"key\": \"SHOP-101\"}]}."));
            return;
        }
        if (list.size() > MOST_ROWS) {
            faults.add(new Fault(1, "", "there are at most " + MOST_ROWS + " items; please leave out the rest."));
            return;
        }
        long number = 0;
        for (JsonNode item : list) {
            number++;
            if (!item.isObject()) {
                faults.add(new Fault(number, "", "an item is an object, such as {\"key\": \"SHOP-101\"}."));
                continue;
            }
            readItem(number, item);
        }
    }

    private void readItem(long number, JsonNode item) {
        Map<String, String> values = new HashMap<>();
        item.properties().forEach(field -> {
            String name = column(field.getKey());
            if (!COLUMNS.contains(name) && !FURTHER.contains(name)) {
                faults.add(new Fault(
                        number,
                        shown(field.getKey()),
                        "there is no such field; the fields are " + header() + "," + String.join(",", FURTHER) + "."));
            } else if (values.put(name, text(field.getValue())) != null) {
                faults.add(new Fault(number, name, "the field stands there twice; please remove one."));
            }
        });
        COLUMNS.stream()
                .filter(name -> !values.containsKey(name) && !name.equals("depends_on"))
                .forEach(name -> faults.add(new Fault(number, name, "the field is missing; please add it.")));
        if (values.keySet().containsAll(COLUMNS.subList(0, COLUMNS.size() - 1))) {
            take(number, name -> values.getOrDefault(name, ""));
        }
    }

    private static String column(String name) {
        return switch (name) {
            case "dataMigration" -> "data_migration";
            case "dependsOn" -> "depends_on";
            case "userVisible" -> "user_visible";
            default -> name;
        };
    }

    /** A list of texts is written as in a CSV file; anything else that is no plain value is shown as it was and refused as such. */
    private static String text(JsonNode value) {
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false)
                    .map(one -> one.isValueNode() ? one.asText() : "{}")
                    .collect(Collectors.joining(" "));
        }
        return value.isNull() ? "" : value.isValueNode() ? value.asText() : "{}";
    }

    private static String decoded(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            String before = out.flip().toString();
            long line = 1 + before.chars().filter(c -> c == '\n').count();
            throw new ItemsRefused(List.of(new Fault(
                    line,
                    "",
                    "character " + (before.length() - before.lastIndexOf('\n'))
                            + " is no UTF-8; please save the file with the encoding UTF-8.")));
        }
        String text = out.flip().toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private void readRows() {
        try {
            Iterator<CSVRecord> records = FORMAT.parse(new StringReader(text)).iterator();
            if (!records.hasNext()) {
                faults.add(new Fault(1, "", "the file is empty; its first line must be " + header() + "."));
                return;
            }
            Optional<Map<String, Integer>> columns = columns(records.next());
            if (columns.isEmpty()) {
                return;
            }
            for (int row = 1; records.hasNext(); row++) {
                CSVRecord read = records.next();
                if (row > MOST_ROWS) {
                    faults.add(new Fault(
                            line(read), "", "a file has at most " + MOST_ROWS + " items; please leave out the rest."));
                    return;
                }
                readRow(read, columns.get());
            }
        } catch (UncheckedIOException e) {
            faults.add(broken(e.getCause() == null ? String.valueOf(e.getMessage()) : message(e.getCause())));
        } catch (IOException e) {
            faults.add(broken(message(e)));
        }
    }

    private static String message(Throwable e) {
        return String.valueOf(e.getMessage());
    }

    /** The parser names the line of a quote that goes wrong; what follows it cannot be told apart any more. */
    private Fault broken(String message) {
        var named = Pattern.compile("(?:at line|startline|line): (\\d+)").matcher(message);
        long line = named.find() ? Math.min(Long.parseLong(named.group(1)), lineStarts.length) : lineStarts.length;
        return new Fault(
                line,
                "",
                "a double quote is not closed, or something follows it; please put texts with commas or quotes into double"
                        + " quotes, and write a quote inside as two. The lines after this one were not read.");
    }

    private Optional<Map<String, Integer>> columns(CSVRecord header) {
        List<String> names = header.stream().map(name -> name.strip()).toList();
        Map<String, Integer> columns = new HashMap<>();
        List<Fault> wrong = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (!COLUMNS.contains(name) && !FURTHER.contains(name)) {
                wrong.add(new Fault(
                        1,
                        shown(name),
                        "there is no such column; the columns are " + header() + "," + String.join(",", FURTHER)
                                + "."));
            } else if (columns.put(name, i) != null) {
                wrong.add(new Fault(1, name, "the column stands there twice; please remove one."));
            }
        }
        if (names.size() == 1 && names.get(0).indexOf(';') >= 0) {
            wrong.clear();
            wrong.add(new Fault(1, "", "the values are divided by semicolons; please save the file with commas."));
        } else {
            COLUMNS.stream()
                    .filter(name -> !columns.containsKey(name))
                    .forEach(name -> wrong.add(new Fault(1, name, "the column is missing; please add it.")));
        }
        faults.addAll(wrong);
        return wrong.isEmpty() ? Optional.of(columns) : Optional.empty();
    }

    private void readRow(CSVRecord read, Map<String, Integer> columns) {
        long line = line(read);
        if (read.size() != columns.size()) {
            faults.add(new Fault(
                    line,
                    "",
                    "there are " + read.size() + " values instead of " + columns.size()
                            + "; please put texts with commas into double quotes."));
            return;
        }
        take(line, name -> {
            Integer at = columns.get(name);
            return at == null ? "" : read.get(at).strip();
        });
    }

    private void take(long line, UnaryOperator<String> values) {
        int before = faults.size();
        Row row = new Row(line, values);
        String key = row.key();
        NewItem item = new NewItem(
                key,
                row.title(),
                row.kind(),
                row.number("value", 0, 100),
                row.number("effort", 0, 1_000),
                row.number("risk", 1, 5),
                row.yesOrNo("breaking"),
                row.yesOrNo("data_migration"),
                row.needs(key),
                row.component(),
                row.owner(),
                row.due(),
                !row.value("critical").isEmpty() && row.yesOrNo("critical"),
                !row.value("user_visible").isEmpty() && row.yesOrNo("user_visible"));
        Long other = lineOfKey.putIfAbsent(key, line);
        if (other != null && !key.isEmpty()) {
            faults.add(new Fault(
                    line,
                    "key",
                    "'" + key + "' stands in line " + other + " already; please give every item its own."));
        }
        if (faults.size() == before) {
            items.put(key, item);
        }
    }

    private void findCircles() {
        Map<String, List<String>> needs = new LinkedHashMap<>();
        items.values().forEach(item -> needs.put(item.key(), item.dependsOn()));
        for (List<String> circle : Dependencies.circles(needs)) {
            faults.add(new Fault(
                    lineOfKey.getOrDefault(circle.get(0), 1L),
                    "depends_on",
                    "the items need each other in a circle, " + String.join(" > ", circle) + " > " + circle.get(0)
                            + "; please remove one of these dependencies."));
        }
    }

    private long line(CSVRecord read) {
        int start = (int) Math.min(read.getCharacterPosition(), text.length());
        while (start < text.length() && (text.charAt(start) == '\n' || text.charAt(start) == '\r')) {
            start++;
        }
        int found = Arrays.binarySearch(lineStarts, start);
        return found >= 0 ? found + 1 : -found - 1;
    }

    private static int[] lineStarts(String text) {
        return java.util.stream.IntStream.concat(
                        java.util.stream.IntStream.of(0),
                        java.util.stream.IntStream.range(0, text.length())
                                .filter(i -> text.charAt(i) == '\n')
                                .map(i -> i + 1))
                .toArray();
    }

    private static String header() {
        return String.join(",", COLUMNS);
    }

    /** A value as it may stand in a message: short, and without characters that nobody sees. */
    private static String shown(String value) {
        String visible = value.codePoints()
                .map(c -> invisible(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return visible.length() <= 40 ? visible : visible.substring(0, visible.offsetByCodePoints(0, 39)) + "…";
    }

    private static boolean invisible(int c) {
        return Character.isISOControl(c)
                || (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069)
                || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    /** One row; every reader notes a fault and gives something harmless, so that the other values are read as well. */
    private final class Row {

        private final long line;
        private final UnaryOperator<String> values;

        Row(long line, UnaryOperator<String> values) {
            this.line = line;
            this.values = values;
        }

        private String value(String column) {
            return values.apply(column);
        }

        private void fault(String column, String sentence) {
            faults.add(new Fault(line, column, sentence));
        }

        String key() {
            String value = value("key");
            if (!KEY.matcher(value).matches()) {
                fault(
                        "key",
                        "'" + shown(value) + "' is no key; please write 1 to 64 letters, digits or . _ # / -,"
                                + " such as SHOP-101.");
                return "";
            }
            return value;
        }

        String title() {
            String value = value("title");
            if (value.isEmpty()) {
                fault("title", "it is empty; please say in a few words what the item is about.");
            } else if (value.length() > LONGEST_TITLE) {
                fault("title", "it has " + value.length() + " characters; please shorten it to " + LONGEST_TITLE + ".");
            } else if (value.codePoints().anyMatch(ItemsFile::invisible)) {
                fault("title", "it has a line break or another character that nobody sees; please remove it.");
            }
            return value;
        }

        ItemKind kind() {
            String value = value("kind");
            Optional<ItemKind> kind = ItemKind.ofWord(value);
            if (kind.isEmpty()) {
                fault("kind", "'" + shown(value) + "' is no kind; please write one of " + ItemKind.words() + ".");
            }
            return kind.orElse(ItemKind.FEATURE);
        }

        int number(String column, int least, int most) {
            Integer number = whole(value(column));
            if (number == null || number < least || number > most) {
                fault(
                        column,
                        "'" + shown(value(column)) + "' must be a whole number from " + least + " to " + most + ".");
                return least;
            }
            return number;
        }

        private static @Nullable Integer whole(String value) {
            return value.matches("\\d{1,9}") ? Integer.valueOf(value) : null;
        }

        boolean yesOrNo(String column) {
            String value = value(column);
            if (!value.equals("true") && !value.equals("false")) {
                fault(column, "'" + shown(value) + "' must be true or false.");
            }
            return value.equals("true");
        }

        @Nullable String component() {
            String value = value("component");
            if (!value.isEmpty() && !COMPONENT.matcher(value).matches()) {
                fault(
                        "component",
                        "'" + shown(value) + "' is no component; please write 1 to 64 letters, digits or . _ / -.");
            }
            return value.isEmpty() ? null : value;
        }

        @Nullable String owner() {
            String login = value("owner");
            if (login.isEmpty()) {
                return null;
            }
            Optional<String> person = asked.computeIfAbsent(login, people);
            if (person.isEmpty()) {
                fault("owner", "there is nobody who signs in as '" + shown(login) + "'; please mend or remove it.");
            }
            return person.orElse(null);
        }

        @Nullable LocalDate due() {
            String value = value("due");
            if (value.isEmpty()) {
                return null;
            }
            try {
                return DAY.matcher(value).matches() ? LocalDate.parse(value) : wrongDay(value);
            } catch (DateTimeParseException e) {
                return wrongDay(value);
            }
        }

        private @Nullable LocalDate wrongDay(String value) {
            fault("due", "'" + shown(value) + "' is no day; please write it as 2026-12-31.");
            return null;
        }

        List<String> needs(String key) {
            Set<String> needs = new LinkedHashSet<>();
            for (String needed : value("depends_on").split("[\\s;]+", -1)) {
                if (needed.isEmpty()) {
                    continue;
                }
                if (!KEY.matcher(needed).matches()) {
                    fault(
                            "depends_on",
                            "'" + shown(needed) + "' is no key; please write keys with a blank between them.");
                } else if (needed.equals(key)) {
                    fault("depends_on", "the item names itself; please remove '" + key + "'.");
                } else {
                    needs.add(needed);
                }
            }
            if (needs.size() > MOST_NEEDS) {
                fault(
                        "depends_on",
                        "the item needs " + needs.size() + " others; at most " + MOST_NEEDS + " can be named.");
            }
            return List.copyOf(needs);
        }
    }
}
