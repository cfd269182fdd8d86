package io.slipway.integration.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.slipway.Capability;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What every register of changes must do, whoever keeps it. */
@Capability("8.1")
abstract class ChangeRegisterContract {

    /** The register under test. */
    abstract ChangeRegister register();

    private final NewChange content =
            new NewChange("storefront-2.4.0", "storefront", "Quantity discount", Change.Kind.NORMAL, "p-rita");

    private static String key() {
        return "test/" + UUID.randomUUID();
    }

    @Test
    void opensATicketThatCanBeReadBack() {
        Change opened = register().create(content, key());

        assertThat(opened.number()).isNotBlank();
        assertThat(opened.content()).isEqualTo(content);
        assertThat(opened.state()).isEqualTo(Change.State.NEW);
        assertThat(opened.outcome()).isEmpty();
        assertThat(register().read(opened.number())).contains(opened);
    }

    @Test
    void opensOneTicketForOneKeyHoweverOftenItIsAsked() {
        String key = key();

        assertThat(register().create(content, key).number())
                .isEqualTo(register().create(content, key).number())
                .isNotEqualTo(register().create(content, key()).number());
    }

    @Test
    void opensOneTicketWhenItIsAskedTwiceAtOnce() throws Exception {
        String key = key();
        ExecutorService both = Executors.newFixedThreadPool(2);
        try {
            Callable<String> ask = () -> register().create(content, key).number();
            var numbers = both.invokeAll(List.of(ask, ask));
            assertThat(numbers.get(0).get()).isEqualTo(numbers.get(1).get());
        } finally {
            both.shutdownNow();
        }
    }

    @Test
    void refusesAKeyThatWasUsedForOtherContent() {
        String key = key();
        register().create(content, key);
        NewChange other = new NewChange("storefront-2.5.0", "storefront", "More", Change.Kind.NORMAL, "p-rita");

        assertThatExceptionOfType(ChangeRegisterRefused.class)
                .isThrownBy(() -> register().create(other, key));
    }

    @Test
    void showsStatesUntilItIsClosed() {
        String number = register().create(content, key()).number();

        assertThat(register().mirror(number, Change.State.IMPLEMENTING).state()).isEqualTo(Change.State.IMPLEMENTING);
        assertThat(register().mirror(number, Change.State.IMPLEMENTING).state()).isEqualTo(Change.State.IMPLEMENTING);
        register().close(number, Change.Outcome.SUCCESSFUL, "went well");

        assertThat(register().read(number)).hasValueSatisfying(closed -> {
            assertThat(closed.state()).isEqualTo(Change.State.CLOSED);
            assertThat(closed.outcome()).contains(Change.Outcome.SUCCESSFUL);
            assertThat(closed.note()).isEqualTo("went well");
            assertThat(closed.closedAt()).isPresent();
        });
        assertThatExceptionOfType(ChangeRegisterRefused.class)
                .isThrownBy(() -> register().mirror(number, Change.State.REVIEWING));
        assertThatExceptionOfType(ChangeRegisterRefused.class)
                .isThrownBy(() -> register().mirror(number, Change.State.CLOSED));
    }

    @Test
    void closesOnceAndWithOneOutcome() {
        String number = register().create(content, key()).number();
        Change closed = register().close(number, Change.Outcome.ROLLED_BACK, "");

        assertThat(register().close(number, Change.Outcome.ROLLED_BACK, "")).isEqualTo(closed);
        assertThatExceptionOfType(ChangeRegisterRefused.class)
                .isThrownBy(() -> register().close(number, Change.Outcome.SUCCESSFUL, ""));
    }

    @Test
    void knowsNothingOfOtherNumbers() {
        assertThat(register().read("CHG-999999")).isEmpty();
        assertThat(register().read("' or 1=1 --")).isEmpty();
        assertThatExceptionOfType(ChangeRegisterRefused.class)
                .isThrownBy(() -> register().mirror("CHG-999999", Change.State.REVIEWING));
        assertThatExceptionOfType(ChangeRegisterRefused.class)
                .isThrownBy(() -> register().close("CHG-999999", Change.Outcome.SUCCESSFUL, ""));
    }

    @Test
    void refusesContentThatIsTooLongOrMissing() {
        assertThatExceptionOfType(ChangeRegisterRefused.class)
                .isThrownBy(() -> new NewChange("", "storefront", "x", Change.Kind.NORMAL, "p"))
                .withMessageContaining("subject");
        assertThatExceptionOfType(ChangeRegisterRefused.class)
                .isThrownBy(() -> new NewChange("s", "storefront", "x".repeat(201), Change.Kind.NORMAL, "p"))
                .withMessageContaining("title");
        assertThatExceptionOfType(ChangeRegisterRefused.class)
                .isThrownBy(() -> register().create(content, " "));
        String number = register().create(content, key()).number();
        assertThatExceptionOfType(ChangeRegisterRefused.class)
                .isThrownBy(() -> register().close(number, Change.Outcome.SUCCESSFUL, "x".repeat(2001)));
        assertThat(register().read(number).flatMap(Change::outcome)).isEmpty();
    }

    private Change opened(String system, String version) {
        return register()
                .create(new NewChange(system + "-" + version, system, "Listed", Change.Kind.NORMAL, "p-rita"), key());
    }

    private static ChangeFilter of(String system) {
        return new ChangeFilter(
                Optional.of(system), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Test
    void listsTheLastOpenedFirstPageByPage() {
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            numbers.add(0, opened("paged", "1.0." + i).number());
        }

        ChangeList first = register().list(of("paged"), 0, 2);
        assertThat(first.total()).isEqualTo(5);
        assertThat(first.changes()).extracting(Change::number).isEqualTo(numbers.subList(0, 2));
        assertThat(register().list(of("paged"), 2, 2).changes())
                .extracting(Change::number)
                .containsExactly(numbers.get(4));
        assertThat(register().list(of("paged"), 3, 2))
                .satisfies(behind -> assertThat(behind.changes()).isEmpty())
                .satisfies(behind -> assertThat(behind.total()).isEqualTo(5));
        assertThat(register().list(ChangeFilter.none(), 0, 500).changes())
                .extracting(Change::number)
                .containsAll(numbers);
    }

    @Test
    void listsBySystemStateOutcomeAndTheTimeOfOpening() {
        Change running = opened("sought", "1.0.0");
        Change ended = opened("sought", "1.1.0");
        opened("other", "1.0.0");
        register().mirror(running.number(), Change.State.IMPLEMENTING);
        register().close(ended.number(), Change.Outcome.ROLLED_BACK, "");

        ChangeFilter all = of("sought");
        assertThat(numbers(all)).containsExactly(ended.number(), running.number());
        assertThat(numbers(new ChangeFilter(
                        all.system(),
                        Optional.of(Change.State.IMPLEMENTING),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())))
                .containsExactly(running.number());
        assertThat(numbers(new ChangeFilter(
                        all.system(),
                        Optional.empty(),
                        Optional.of(Change.Outcome.ROLLED_BACK),
                        Optional.empty(),
                        Optional.empty())))
                .containsExactly(ended.number());
        assertThat(numbers(from(all, running.openedAt()))).contains(running.number(), ended.number());
        assertThat(numbers(from(all, ended.openedAt().plusSeconds(1)))).isEmpty();
        assertThat(numbers(before(all, running.openedAt()))).isEmpty();
        assertThat(numbers(before(all, ended.openedAt().plusSeconds(1)))).hasSize(2);
        assertThat(numbers(of("' or 1=1 --"))).isEmpty();
    }

    @Test
    void listsNoPageThatCannotBe() {
        assertThatExceptionOfType(ChangeRegisterRefused.class)
                .isThrownBy(() -> register().list(ChangeFilter.none(), -1, 10));
        assertThatExceptionOfType(ChangeRegisterRefused.class)
                .isThrownBy(() -> register().list(ChangeFilter.none(), 0, 0));
        assertThatExceptionOfType(ChangeRegisterRefused.class)
                .isThrownBy(() -> register().list(ChangeFilter.none(), 0, 501));
    }

    private List<String> numbers(ChangeFilter filter) {
        return register().list(filter, 0, 100).changes().stream()
                .map(Change::number)
                .toList();
    }

    private static ChangeFilter from(ChangeFilter filter, Instant moment) {
        return new ChangeFilter(
                filter.system(), filter.state(), filter.outcome(), Optional.of(moment), Optional.empty());
    }

    private static ChangeFilter before(ChangeFilter filter, Instant moment) {
        return new ChangeFilter(
                filter.system(), filter.state(), filter.outcome(), Optional.empty(), Optional.of(moment));
    }
}
