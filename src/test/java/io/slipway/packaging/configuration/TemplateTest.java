package io.slipway.packaging.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.Capability;
import java.util.Map;
import org.junit.jupiter.api.Test;

@Capability("3.5")
class TemplateTest {

    @Test
    void putsValuesInAndEvaluatesNothing() {
        Template template =
                new Template("app.template", "a=${mail.host}\nb=${7*7}\nc=$${kept}\nd=${mail.host}${x}\ne=${");

        assertThat(template.names()).containsExactly("mail.host", "x");
        assertThat(template.filled(Map.of("mail.host", "${x}", "x", "1")))
                .isEqualTo("a=${x}\nb=${7*7}\nc=${kept}\nd=${x}1\ne=${");
    }

    @Test
    void knowsNames() {
        assertThat(Template.named("mail.host-1_a")).isTrue();
        for (String wrong : new String[] {"", "1a", "a b", "T(java.lang.Runtime)", "a".repeat(101), "ä"}) {
            assertThat(Template.named(wrong)).isFalse();
        }
    }
}
