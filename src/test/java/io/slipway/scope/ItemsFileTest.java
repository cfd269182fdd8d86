package io.slipway.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.slipway.Capability;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;

@Capability("1.1")
class ItemsFileTest {

    private static final String HEADER = "key,title,kind,value,effort,risk,breaking,data_migration,depends_on";
    private static final String DISCOUNT = "SHOP-102,Discount,feature,70,3,2,false,false,SHOP-101";

    private static Optional<String> person(String login) {
        return login.equals("olga") ? Optional.of("p-olga") : Optional.empty();
    }

    private static List<NewItem> read(String... lines) {
        return ItemsFile.read(String.join("\r\n", lines).getBytes(StandardCharsets.UTF_8), ItemsFileTest::person);
    }

    private static List<String> faultsOf(byte[] file) {
        ItemsRefused refused =
                catchThrowableOfType(ItemsRefused.class, () -> ItemsFile.read(file, ItemsFileTest::person));
        assertThat(refused).as("the refusal of the file").isNotNull();
        return refused.faults().stream().map(ItemsRefused.Fault::toString).toList();
    }

    private static List<String> faultsOf(String... lines) {
        return faultsOf(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.3.0", "2.4.0", "2.5.0"})
    void readsTheSample(String version) throws IOException {
        byte[] file = new ClassPathResource("demo/storefront/" + version + "/scope.csv").getContentAsByteArray();

        assertThat(ItemsFile.read(file, ItemsFileTest::person)).isNotEmpty().allSatisfy(item -> assertThat(item.key())
                .startsWith("SHOP-"));
    }

    @Test
    void readsEveryColumn() {
        assertThat(read(HEADER, "SHOP-1,Pay by invoice,regulatory,90,12,4,true,true,SHOP-2 SHOP-3", DISCOUNT))
                .containsExactly(
                        new NewItem(
                                "SHOP-1",
                                "Pay by invoice",
                                ItemKind.REGULATORY,
                                90,
                                12,
                                4,
                                true,
                                true,
                                List.of("SHOP-2", "SHOP-3")),
                        new NewItem(
                                "SHOP-102", "Discount", ItemKind.FEATURE, 70, 3, 2, false, false, List.of("SHOP-101")));
    }

    @Test
    void readsWhatUsersSeeFromBothForms() {
        assertThat(read(
                        HEADER + ",user_visible",
                        "SHOP-1,Basket,feature,9,1,1,false,false,,true",
                        "SHOP-2,Index,patch,9,1,1,false,false,,"))
                .extracting(NewItem::userVisible)
                .containsExactly(true, false);
        assertThat(ItemsFile.readJson(
                        ("[{\"key\":\"A\",\"title\":\"a\",\"kind\":\"feature\",\"value\":1,\"effort\":1,\"risk\":1,"
                                        + "\"breaking\":false,\"dataMigration\":false,\"userVisible\":true}]")
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        ItemsFileTest::person))
                .extracting(NewItem::userVisible)
                .containsExactly(true);
    }

    @Test
    void takesColumnsInAnyOrderAQuotedTextAMarkOfTheEncodingAndEmptyLines() {
        assertThat(read(
                        "\uFEFFtitle,key,kind,value,effort,risk,breaking,data_migration,depends_on",
                        "",
                        "\"Say \"\"hello\"\", twice\",SHOP-1,patch,1,1,1,false,false,\"SHOP-2; SHOP-3\"",
                        ""))
                .singleElement()
                .satisfies(item -> {
                    assertThat(item.title()).isEqualTo("Say \"hello\", twice");
                    assertThat(item.dependsOn()).containsExactly("SHOP-2", "SHOP-3");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=HYPERLINK(\"http://example.com\")",
                "+1",
                "@SUM(A1)",
                "${execution.processEngineServices}",
                "#{1+1}",
                "{{brief.heading}}",
                "<script>alert(1)</script>",
                "Größe 👍 naïve"
            })
    void leavesWhatLooksLikeCodeTheTextThatItIs(String title) {
        assertThat(read(HEADER, "SHOP-1,\"" + title.replace("\"", "\"\"") + "\",patch,1,1,1,false,false,"))
                .singleElement()
                .extracting(NewItem::title)
                .isEqualTo(title);
    }

    @Test
    void tellsAllFaultsOfAFileAtOnceWithLineColumnAndRemedy() {
        assertThat(faultsOf(
                        HEADER,
                        "bad key,,wish,101,-1,6,yes,no,SHOP-1",
                        DISCOUNT,
                        "SHOP-102,Again,patch,1,1,1,false,false,SHOP-102",
                        "SHOP-103,Too,many,values,in,this,line,by,two,of,them",
                        "SHOP-104,\"" + "x".repeat(201) + "\",patch,1.5,,one,false,false,a!b"))
                .containsExactly(
                        "line 2, column key: 'bad key' is no key; please write 1 to 64 letters, digits or . _ # / -, such as SHOP-101.",
                        "line 2, column title: it is empty; please say in a few words what the item is about.",
                        "line 2, column kind: 'wish' is no kind; please write one of feature, patch, technical-debt, regulatory, security.",
                        "line 2, column value: '101' must be a whole number from 0 to 100.",
                        "line 2, column effort: '-1' must be a whole number from 0 to 1000.",
                        "line 2, column risk: '6' must be a whole number from 1 to 5.",
                        "line 2, column breaking: 'yes' must be true or false.",
                        "line 2, column data_migration: 'no' must be true or false.",
                        "line 4, column depends_on: the item names itself; please remove 'SHOP-102'.",
                        "line 4, column key: 'SHOP-102' stands in line 3 already; please give every item its own.",
                        "line 5: there are 11 values instead of 9; please put texts with commas into double quotes.",
                        "line 6, column title: it has 201 characters; please shorten it to 200.",
                        "line 6, column value: '1.5' must be a whole number from 0 to 100.",
                        "line 6, column effort: '' must be a whole number from 0 to 1000.",
                        "line 6, column risk: 'one' must be a whole number from 1 to 5.",
                        "line 6, column depends_on: 'a!b' is no key; please write keys with a blank between them.");
    }

    @Test
    void namesTheFirstLineOfAnItemWhoseTextRunsOverLines() {
        assertThat(faultsOf(
                        HEADER,
                        "SHOP-1,\"over\ntwo lines\",patch,1,1,1,false,false,",
                        "",
                        "SHOP-2,Late,patch,1,1,9,false,false,"))
                .containsExactly(
                        "line 2, column title: it has a line break or another character that nobody sees; please remove it.",
                        "line 5, column risk: '9' must be a whole number from 1 to 5.");
    }

    @Test
    void refusesCharactersThatNobodySees() {
        assertThat(faultsOf(HEADER, "SHOP-1,pay \u202EecioVni,patch,1,1,1,false,false,"))
                .singleElement()
                .asString()
                .startsWith("line 2, column title");
    }

    @Test
    void namesACircleOfItemsThatNeedEachOther() {
        assertThat(faultsOf(
                        HEADER,
                        "A,First,patch,1,1,1,false,false,B",
                        "B,Second,patch,1,1,1,false,false,C",
                        "C,Third,patch,1,1,1,false,false,A",
                        "D,Free,patch,1,1,1,false,false,A"))
                .containsExactly("line 2, column depends_on: the items need each other in a circle, A > B > C > A;"
                        + " please remove one of these dependencies.");
    }

    @Test
    void readsWhoOwnsAnItemWhatItChangesAndUntilWhenItIsDue() {
        assertThat(read(
                        HEADER + ",component,owner,due,critical",
                        DISCOUNT + ",shop-core,olga,2026-12-31,true",
                        "SHOP-1,Small,patch,1,1,1,false,false,,,,,"))
                .satisfiesExactly(
                        full -> {
                            assertThat(full.component()).isEqualTo("shop-core");
                            assertThat(full.owner()).isEqualTo("p-olga");
                            assertThat(full.due()).isEqualTo("2026-12-31");
                            assertThat(full.critical()).isTrue();
                        },
                        bare -> {
                            assertThat(bare.component()).isNull();
                            assertThat(bare.owner()).isNull();
                            assertThat(bare.due()).isNull();
                            assertThat(bare.critical()).isFalse();
                        });
        assertThat(faultsOf(HEADER + ",component,owner,due,critical", DISCOUNT + ",a b,nobody,2026-02-30,maybe"))
                .containsExactly(
                        "line 2, column component: 'a b' is no component; please write 1 to 64 letters, digits or . _ / -.",
                        "line 2, column owner: there is nobody who signs in as 'nobody'; please mend or remove it.",
                        "line 2, column due: '2026-02-30' is no day; please write it as 2026-12-31.",
                        "line 2, column critical: 'maybe' must be true or false.");
    }

    private static List<NewItem> readJson(String text) {
        return ItemsFile.readJson(text.getBytes(StandardCharsets.UTF_8), ItemsFileTest::person);
    }

    private static List<String> jsonFaults(String text) {
        ItemsRefused refused = catchThrowableOfType(ItemsRefused.class, () -> readJson(text));
        assertThat(refused).as("the refusal of the list").isNotNull();
        return refused.faults().stream().map(ItemsRefused.Fault::toString).toList();
    }

    private static final String JSON_ITEM =
            "\"key\":\"A\",\"title\":\"${7*7}\",\"kind\":\"patch\",\"value\":1,\"effort\":2,\"risk\":3,\"breaking\":true,"
                    + "\"dataMigration\":false";

    @Test
    void readsJsonAsItReadsCsv() {
        assertThat(readJson("[{" + JSON_ITEM + ",\"dependsOn\":[\"B\",\"C\"],\"owner\":\"olga\"}]"))
                .containsExactlyElementsOf(read(HEADER + ",owner", "A,${7*7},patch,1,2,3,true,false,B C,olga"));
        assertThat(readJson("{\"items\":[{" + JSON_ITEM + "}]}")).hasSize(1);
    }

    @Test
    void tellsTheFaultsOfJsonByTheNumberOfTheItem() {
        assertThat(jsonFaults("[{" + JSON_ITEM + "},{" + JSON_ITEM.replace("3", "9") + ",\"colour\":\"red\"},7,{}]"))
                .contains(
                        "line 2, column colour: there is no such field; the fields are " + HEADER
                                + ",component,owner,due,critical,user_visible.",
                        "line 2, column risk: '9' must be a whole number from 1 to 5.",
                        "line 2, column key: 'A' stands in line 1 already; please give every item its own.",
                        "line 3: an item is an object, such as {\"key\": \"SHOP-101\"}.",
                        "line 4, column key: the field is missing; please add it.");
        assertThat(jsonFaults("{}")).singleElement().asString().contains("a list of items is expected");
        assertThat(jsonFaults("[] x")).singleElement().asString().contains("this is no JSON");
        assertThat(jsonFaults("[".repeat(1_000_000))).singleElement().asString().contains("nested too deeply");
        assertThat(jsonFaults("[{" + JSON_ITEM + "," + JSON_ITEM + "}]")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "key;title;kind | line 1: the values are divided by semicolons; please save the file with commas.",
                "'' | line 1: the file is empty; its first line must be " + HEADER + ".",
                HEADER + " | line 2: the file has no items; please add one line for each.",
                HEADER + ",key | line 1, column key: the column stands there twice; please remove one.",
                HEADER + ",colour | line 1, column colour: there is no such column; the columns are " + HEADER
                        + ",component,owner,due,critical,user_visible.",
                "title,kind,value,effort,risk,breaking,data_migration,depends_on"
                        + "| line 1, column key: the column is missing; please add it."
            })
    void saysWhatIsWrongWithTheHeader(String file, String fault) {
        assertThat(faultsOf(file)).containsExactly(fault);
    }

    @Test
    void saysWhereAQuoteGoesWrongAndTellsTheFaultsBeforeIt() {
        assertThat(faultsOf(HEADER, "SHOP-1,Late,patch,1,1,9,false,false,", "SHOP-2,\"open,patch,1,1,1,false,false,"))
                .hasSize(2)
                .first()
                .isEqualTo("line 2, column risk: '9' must be a whole number from 1 to 5.");
        assertThat(faultsOf(HEADER, "SHOP-2,\"open,patch,1,1,1,false,false,"))
                .singleElement()
                .asString()
                .startsWith("line 2: a double quote is not closed");
        assertThat(faultsOf(HEADER, DISCOUNT, "SHOP-2,\"closed\" too early,patch,1,1,1,false,false,"))
                .singleElement()
                .asString()
                .startsWith("line 3: a double quote is not closed, or something follows it");
    }

    @Test
    void saysWhereAFileIsNoUtf8() {
        byte[] file = (HEADER + "\nSHOP-1,Größe,patch,1,1,1,false,false,").getBytes(StandardCharsets.ISO_8859_1);

        assertThat(faultsOf(file))
                .containsExactly("line 2: character 10 is no UTF-8; please save the file with the encoding UTF-8.");
    }

    @Test
    void takesFiveThousandItemsAndNotOneMore() {
        String rows = IntStream.rangeClosed(1, ItemsFile.MOST_ROWS)
                .mapToObj(i -> "S-" + i + ",Item,patch,1,1,1,false,false," + (i > 1 ? "S-" + (i - 1) : ""))
                .collect(Collectors.joining("\n"));

        assertThat(read(HEADER, rows)).hasSize(ItemsFile.MOST_ROWS);
        assertThat(faultsOf(HEADER, rows, "S-X,Item,patch,1,1,1,false,false,"))
                .containsExactly("line 5002: a file has at most 5000 items; please leave out the rest.");
    }

    @Test
    void refusesMoreThanAMegabyte() {
        assertThat(faultsOf(new byte[ItemsFile.MOST_BYTES + 1]))
                .containsExactly("line 1: the file is larger than 1 MB (1048576 bytes); please leave out items.");
    }

    @Test
    void answersEveryRandomFileWithItemsOrFaultsAndNothingElse() {
        Random random = new Random(20260302);
        String alphabet = "\"\",,\n\r;a1- \u0000é👍" + HEADER + "\n" + DISCOUNT;
        for (int i = 0; i < 3_000; i++) {
            StringBuilder file = new StringBuilder(random.nextBoolean() ? HEADER + "\n" : "");
            random.ints(random.nextInt(120), 0, alphabet.length()).forEach(at -> file.append(alphabet.charAt(at)));
            byte[] bytes = file.toString().getBytes(StandardCharsets.UTF_8);
            try {
                assertThat(ItemsFile.read(bytes, ItemsFileTest::person)).isNotEmpty();
            } catch (ItemsRefused refused) {
                assertThat(refused.faults()).isNotEmpty().allSatisfy(fault -> assertThat(fault.line())
                        .isBetween(1L, file.chars().filter(c -> c == '\n').count() + 2));
            }
        }
    }
}
