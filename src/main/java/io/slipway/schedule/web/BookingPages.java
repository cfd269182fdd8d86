package io.slipway.schedule.web;

import io.slipway.platform.process.TaskRefused;
import io.slipway.platform.web.Paging;
import io.slipway.platform.web.Viewer;
import io.slipway.release.Reader;
import io.slipway.release.Release;
import io.slipway.release.ReleaseDesk;
import io.slipway.schedule.bookings.Conflicts;
import io.slipway.schedule.bookings.Slots;
import io.slipway.schedule.bookings.WishedSlot;
import java.util.UUID;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Who has booked which environment, and the booking of another time. */
@Controller
class BookingPages {

    private static final int SIZE = 25;

    private final ReleaseDesk desk;
    private final Slots slots;
    private final Conflicts conflicts;

    BookingPages(ReleaseDesk desk, Slots slots, Conflicts conflicts) {
        this.desk = desk;
        this.slots = slots;
        this.conflicts = conflicts;
    }

    @GetMapping("/bookings")
    String list(@RequestParam(defaultValue = "0") int page, Viewer viewer, Model model) {
        model.addAttribute(
                "bookings",
                slots.list(new Reader(viewer.person(), viewer.groups()), PageRequest.of(Paging.page(page), SIZE)));
        model.addAttribute("mayBook", slots.mayBook(viewer.person()));
        return "schedule/bookings";
    }

    @PostMapping("/bookings")
    String book(BookingEntry entry, Viewer viewer, RedirectAttributes redirect) {
        try {
            slots.requireBooker(viewer.person());
            WishedSlot wish = entry.read();
            Release release = desk.get(entry.releaseKey(), new Reader(viewer.person(), viewer.groups()));
            boolean booked = entry.settled()
                    ? conflicts.bookOrSettle(release, viewer.person(), wish).isPresent()
                    : slots.book(release, viewer.person(), wish) != null;
            redirect.addFlashAttribute(
                    "message",
                    booked
                            ? wish.environment() + " is booked for " + release.key() + "."
                            : "Others have booked that time; release managers settle who gives way.");
        } catch (TaskRefused refused) {
            redirect.addFlashAttribute("refusal", refused.getMessage());
            redirect.addFlashAttribute("entry", entry);
        }
        return "redirect:/bookings";
    }

    @PostMapping("/bookings/{booking}/give-back")
    String giveBack(
            @PathVariable UUID booking,
            @RequestParam(defaultValue = "") String reason,
            Viewer viewer,
            RedirectAttributes redirect) {
        try {
            slots.giveBack(viewer.person(), booking, reason);
            redirect.addFlashAttribute("message", "The booking is given back.");
        } catch (TaskRefused refused) {
            redirect.addFlashAttribute("refusal", refused.getMessage());
        }
        return "redirect:/bookings";
    }
}
