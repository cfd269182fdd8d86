package io.slipway.quality.environments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.slipway.Capability;
import io.slipway.release.Refused;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A clone is compared with its original value by value, in a database that lives no longer than the check. */
@Capability("4.4")
class MaskingCheckTest {

    private static final MaskingCheck.Column MAIL = new MaskingCheck.Column("customer", "mail");
    private static final MaskingCheck.Reference OF_CUSTOMER = new MaskingCheck.Reference(
            new MaskingCheck.Column("orders", "customer"), new MaskingCheck.Column("customer", "id"));

    @Test
    void aMaskedCloneWithWholeReferencesIsClean() {
        MaskingReport report = check("id,mail\n1,ann@shop\n2,bob@shop\n3,cy@shop", "id,mail\n1,a@x\n2,b@x");

        assertThat(report.clean()).isTrue();
        assertThat(report.volume()).as("percent of the rows").isEqualTo(80);
    }

    @Test
    void findsAnOriginalValueThatMovedToAnotherRow() {
        MaskingReport report = check("id,mail\n1,ann@shop\n2,bob@shop", "id,mail\n1,bob@shop\n2,x@x");

        assertThat(report.clean()).isFalse();
        assertThat(report.findings().get(0))
                .isEqualTo(new MaskingReport.Finding(
                        "customer.mail is masked", false, "1 rows still have an original value."));
    }

    @Test
    void findsReferencesThatLeadNowhere() {
        MaskingReport report = check("id,mail\n1,ann@shop\n2,bob@shop", "id,mail\n1,a@x\n9,b@x");

        assertThat(report.findings().get(1).detail()).isEqualTo("1 rows lead nowhere.");
        assertThat(report.clean()).isFalse();
    }

    @Test
    void nothingCheckedIsNotClean() {
        assertThat(MaskingCheck.run(List.of(customer("id\n1", "id\n1")), List.of(), List.of())
                        .clean())
                .isFalse();
        assertThat(check("id,mail\n1,a@shop", "id,mail").clean())
                .as("an empty clone proves nothing")
                .isFalse();
    }

    @Test
    void takesWhatLooksLikeAStatementAsText() {
        String evil = "'); drop table customer; --";
        MaskingReport report = check("id,mail\n1,\"" + evil + "\"\n2,b", "id,mail\n1,${7*7}\n2,\"=cmd()\"");

        assertThat(report.findings().get(0).met()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"id,name\n1,a", "id,\"; drop table x\"\n1,a", "id,id\n1,a", "", "id,\"ma\"il\n1,a"})
    void refusesHeadersThatMakeNoSense(String original) {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> MaskingCheck.run(List.of(customer(original, "id,mail\n1,a")), List.of(), List.of()))
                .satisfies(refused -> assertThat(refused.field()).contains("tables"));
    }

    @Test
    void refusesRowsThatAreTooShortAndTooMany() {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> check("id,mail\n1", "id,mail\n1,a"))
                .withMessageContaining("has 1 values where 2 are expected");
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> check("id,mail\n" + "1,a\n".repeat(100_001), "id,mail\n1,a"))
                .withMessageContaining("more than 100000 rows");
    }

    @ParameterizedTest
    @ValueSource(strings = {"customer", "customer.mail.x", "customer.\"mail\"", "customer.mail; drop", "../a.b"})
    void refusesNamesThatAreNoColumn(String name) {
        assertThatExceptionOfType(Refused.class).isThrownBy(() -> MaskingCheck.Column.of("masked", name));
    }

    @Test
    void refusesAColumnThatWasNotHandedIn() {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> MaskingCheck.run(List.of(customer("id\n1", "id\n1")), List.of(MAIL), List.of()))
                .withMessageContaining("customer.mail is no column");
    }

    private static MaskingReport check(String original, String masked) {
        return MaskingCheck.run(
                List.of(
                        customer(original, masked),
                        new MaskingCheck.Pair("orders", "id,customer\n7,1\n8,2", "id,customer\n7,1\n8,2")),
                List.of(MAIL),
                List.of(OF_CUSTOMER));
    }

    private static MaskingCheck.Pair customer(String original, String masked) {
        return new MaskingCheck.Pair("customer", original, masked);
    }
}
