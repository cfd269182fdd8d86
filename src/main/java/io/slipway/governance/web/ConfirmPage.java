package io.slipway.governance.web;

import io.slipway.governance.confirmations.Confirmations;
import io.slipway.governance.confirmations.TaskGone;
import io.slipway.platform.web.EngineLinks;
import io.slipway.release.Refused;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** {@code /confirm/{task}}: shows exactly what is decided and asks for the password again. */
@Controller
class ConfirmPage {

    private static final String VIEW = "governance/confirm";

    private final Confirmations confirmations;

    private final EngineLinks links;

    ConfirmPage(Confirmations confirmations, EngineLinks links) {
        this.confirmations = confirmations;
        this.links = links;
    }

    /** A task that is done leads back to the tasks: whoever has just completed it comes here again by going back. */
    @GetMapping("/confirm/{task}")
    String show(@PathVariable String task, Principal principal, Model model, HttpServletResponse response) {
        try {
            model.addAttribute("preview", confirmations.preview(principal.getName(), task));
            return VIEW;
        } catch (TaskGone gone) {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
            model.addAttribute("sentence", gone.getMessage());
            model.addAttribute("tasklist", links.tasklist());
            return "governance/task-gone";
        }
    }

    /** A wrong password or a missing decision leads back to the page with one sentence; nothing is kept of what was entered. */
    @PostMapping("/confirm/{task}")
    String confirm(
            @PathVariable String task,
            @RequestParam(defaultValue = "") String decision,
            @RequestParam(defaultValue = "") String password,
            Principal principal,
            RedirectAttributes redirect) {
        try {
            confirmations.confirm(principal.getName(), password, task, decision);
            redirect.addFlashAttribute("confirmed", decision);
        } catch (Refused refused) {
            redirect.addFlashAttribute("refusal", refused.getMessage());
            redirect.addFlashAttribute("chosen", decision);
        }
        return "redirect:/confirm/{task}";
    }
}
