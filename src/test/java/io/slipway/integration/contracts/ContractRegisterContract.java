package io.slipway.integration.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.slipway.Capability;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every register of contracts promises. */
@Capability("3.4")
abstract class ContractRegisterContract {

    abstract ContractRegister register();

    @Test
    void keepsWhatIsEnteredOnce() {
        Contract first = register().enter(contract("shop-a", "stock-a", true), "p-dora");
        Contract again = register().enter(contract("shop-a", "stock-a", true), "p-ravi");

        assertThat(again).isEqualTo(first);
        assertThat(first.enteredBy()).isEqualTo("p-dora");
        assertThat(register().of("shop-a")).containsExactly(first);
        assertThat(register().of("stock-a")).containsExactly(first);
        assertThat(register().of("nobody")).isEmpty();
        assertThat(register().latest(0, 10)).contains(first);
    }

    @Test
    void forgetsWhatIsRetired() {
        Contract entered = register().enter(contract("shop-b", "stock-b", false), "p-dora");
        long count = register().count(1_000);

        register().retire(entered.id(), "p-ravi");
        register().retire(entered.id(), "p-ravi");

        assertThat(register().of("shop-b")).isEmpty();
        assertThat(register().count(1_000)).isEqualTo(count - 1);
        assertThat(register().count(1)).isEqualTo(Math.min(count - 1, 1));
        assertThatExceptionOfType(ContractsRefused.class)
                .isThrownBy(() -> register().retire(999_999_999, "p-ravi"))
                .withMessageContaining("no contract");
    }

    @Test
    void refusesWhatIsMissingOrTooLong() {
        for (String wrong : new String[] {"", " ", "x".repeat(65)}) {
            assertThatExceptionOfType(ContractsRefused.class)
                    .isThrownBy(() -> register().enter(contract(wrong, "stock", true), "p-dora"))
                    .withMessageContaining("consumer");
        }
    }

    private static Contract.NewContract contract(String consumer, String provider, boolean works) {
        return new Contract.NewContract(
                consumer, "1.0.0", Optional.of("2.0.0"), provider, "3.0.0", Optional.empty(), works, "Run 17");
    }
}
