package io.slipway.governance.web;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.flash;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.slipway.Capability;
import io.slipway.governance.confirmations.Confirmations;
import io.slipway.governance.confirmations.ConfirmedDecision;
import io.slipway.platform.web.EngineLinks;
import io.slipway.platform.web.ReaderTimes;
import io.slipway.platform.web.Shell;
import io.slipway.release.Refused;
import io.slipway.release.Words;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.thymeleaf.ThymeleafAutoConfiguration;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureWebMvc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** The page on which a decision is confirmed, as the browser gets it. */
@SpringBootTest(classes = {ConfirmPage.class, Words.class}, properties = "slipway.data=target/data/${random.uuid}")
@AutoConfigureWebMvc
@AutoConfigureMockMvc(addFilters = false)
@ImportAutoConfiguration(ThymeleafAutoConfiguration.class)
@Capability("8.1")
@SuppressWarnings("NullAway.Init")
class ConfirmPageTest {

    private static final Principal CARLA = () -> "p-carla";

    @Autowired
    private MockMvc mvc;

    @MockitoBean
    private Confirmations confirmations;

    @MockitoBean
    private EngineLinks links;

    @BeforeEach
    void begin() {
        when(confirmations.preview("p-carla", "task-1"))
                .thenReturn(new Confirmations.Preview(
                        "task-1",
                        "storefront-2.4.0",
                        "May storefront-2.4.0 go to production?",
                        List.of(new Confirmations.Fact("Release", "<b>Quantity</b> ${7*7} discount")),
                        new ConfirmedDecision.Content(
                                "c0ffee", List.of(new ConfirmedDecision.Shown("package", "3 files", "d1gest"))),
                        List.of(new ConfirmedDecision.Choice("APPROVE", "Approve the change"))));
    }

    /** The frame that the platform puts around every page, before anybody's name is looked up. */
    private static MockHttpServletRequestBuilder page() {
        return get("/confirm/task-1")
                .requestAttr("shell", mock(Shell.class))
                .requestAttr("times", mock(ReaderTimes.class));
    }

    @Test
    void showsWhatIsConfirmedAndWhatAUserOnceTypedAsText() throws Exception {
        mvc.perform(page().principal(CARLA))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("May storefront-2.4.0 go to production?")))
                .andExpect(content().string(containsString("&lt;b&gt;Quantity&lt;/b&gt; ${7*7} discount")))
                .andExpect(content().string(containsString("d1gest")))
                .andExpect(content().string(containsString("c0ffee")))
                .andExpect(content().string(containsString("value=\"APPROVE\"")))
                .andExpect(content().string(containsString("type=\"password\"")))
                .andExpect(content().string(containsString("href=\"/releases/storefront-2.4.0\"")));
    }

    @Test
    void takesDecisionAndPasswordAndLeadsBackToTheTask() throws Exception {
        when(confirmations.confirm("p-carla", "secret", "task-1", "APPROVE")).thenReturn(Instant.EPOCH);

        mvc.perform(post("/confirm/task-1")
                        .principal(CARLA)
                        .param("decision", "APPROVE")
                        .param("password", "secret"))
                .andExpect(redirectedUrl("/confirm/task-1"))
                .andExpect(flash().attribute("confirmed", "APPROVE"));
        mvc.perform(page().principal(CARLA).flashAttr("confirmed", "APPROVE"))
                .andExpect(content().string(containsString("confirmed for five minutes")))
                .andExpect(content().string(containsString("/camunda/app/tasklist/default/#/?task=task-1")));
    }

    @Test
    void aRefusalIsToldAndThePasswordIsNotShownAgain() throws Exception {
        when(confirmations.confirm("p-carla", "wrong", "task-1", "APPROVE"))
                .thenThrow(new Refused("password", "The password is wrong."));

        mvc.perform(post("/confirm/task-1")
                        .principal(CARLA)
                        .param("decision", "APPROVE")
                        .param("password", "wrong"))
                .andExpect(redirectedUrl("/confirm/task-1"))
                .andExpect(flash().attribute("refusal", "The password is wrong."));
        mvc.perform(page().principal(CARLA)
                        .flashAttr("refusal", "The password is wrong.")
                        .flashAttr("chosen", "APPROVE"))
                .andExpect(content().string(containsString("The password is wrong.")))
                .andExpect(content().string(containsString("checked")))
                .andExpect(content().string(not(containsString("value=\"wrong\""))));
    }

    @Test
    void lookingConfirmsNothing() throws Exception {
        mvc.perform(page().principal(CARLA).param("decision", "APPROVE").param("password", "secret"));

        verify(confirmations, never()).confirm(any(), any(), any(), any());
    }
}
