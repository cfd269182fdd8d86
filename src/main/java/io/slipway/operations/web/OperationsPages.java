package io.slipway.operations.web;

import io.slipway.operations.Alarms;
import io.slipway.operations.DeadNodes;
import io.slipway.operations.Figures;
import io.slipway.platform.nodes.Node;
import io.slipway.platform.nodes.Nodes;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** How the program itself is: alarms, nodes, and what waits. */
@Controller
class OperationsPages {

    private final Alarms alarms;
    private final Nodes nodes;
    private final DeadNodes deadNodes;
    private final Figures figures;

    OperationsPages(Alarms alarms, Nodes nodes, DeadNodes deadNodes, Figures figures) {
        this.alarms = alarms;
        this.nodes = nodes;
        this.deadNodes = deadNodes;
        this.figures = figures;
    }

    @GetMapping("/operations")
    String show(Model model) {
        List<String> dead = nodes.dead().stream().map(Node::name).toList();
        model.addAttribute("alarms", alarms.open());
        model.addAttribute("cleared", alarms.cleared());
        model.addAttribute("nodes", nodes.all());
        model.addAttribute("dead", dead);
        model.addAttribute("figures", figures.now());
        return "operations/page";
    }

    @PostMapping("/operations/nodes/remove")
    String remove(@RequestParam(defaultValue = "") String name, RedirectAttributes redirect) {
        if (deadNodes.takeOffTheList(name)) {
            redirect.addFlashAttribute("message", name + " is off the list.");
        } else {
            redirect.addFlashAttribute("refusal", "Only a node that is dead or stopped is taken off the list.");
        }
        return "redirect:/operations";
    }
}
