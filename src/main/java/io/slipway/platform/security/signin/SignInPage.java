package io.slipway.platform.security.signin;

import io.slipway.platform.security.CurrentPerson;
import io.slipway.platform.security.SampleAccounts;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The page on which people sign in. */
@Controller
class SignInPage {

    private final CurrentPerson person;
    private final ObjectProvider<SampleAccounts> samples;
    private final Map<String, String> notices;

    SignInPage(CurrentPerson person, ObjectProvider<SampleAccounts> samples, SignInSettings settings) {
        this.person = person;
        this.samples = samples;
        this.notices = Map.of(
                "error", "Login name or password is wrong.",
                "throttled", new SignInThrottled(settings.window()).getMessage(),
                "logout", "You are signed out.",
                "expired", "Your session has ended. Please sign in again.");
    }

    @GetMapping("/login")
    String show(HttpServletRequest request, HttpServletResponse response, Model model) {
        Optional<String> state = notices.keySet().stream()
                .filter(name -> request.getParameter(name) != null)
                .findFirst();
        if (person.id().isPresent() && state.isEmpty()) {
            return "redirect:/";
        }
        state.ifPresent(name -> {
            model.addAttribute("notice", notices.get(name));
            model.addAttribute("refused", name.equals("error") || name.equals("throttled"));
        });
        if (state.filter("throttled"::equals).isPresent()) {
            response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
        }
        SampleAccounts offered = samples.getIfAvailable();
        model.addAttribute("samples", offered == null ? List.of() : offered.accounts());
        return "login";
    }
}
