package io.slipway.scope.web;

import io.slipway.release.NotPermitted;
import io.slipway.release.Refused;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What people type into the forms of the pages, as numbers and days, and what they are told afterwards. */
final class Typed {

    private Typed() {}

    /** Does something that may be refused; the page then says so in its sentence. */
    static void refusing(RedirectAttributes told, Runnable deed, String done) {
        try {
            deed.run();
            told.addFlashAttribute("message", done);
        } catch (NotPermitted e) {
            throw e;
        } catch (Refused e) {
            told.addFlashAttribute("refusal", String.valueOf(e.getMessage()));
        }
    }

    static int number(String field, String text) {
        if (!text.strip().matches("[0-9]{1,9}")) {
            throw new Refused(field, "'" + field + "' is a whole number; please write it with digits.");
        }
        return Integer.parseInt(text.strip());
    }

    static @Nullable LocalDate day(String field, String text) {
        if (text.isBlank()) {
            return null;
        }
        try {
            return LocalDate.parse(text.strip());
        } catch (DateTimeParseException e) {
            throw new Refused(field, "'" + field + "' is a day; please write it as 2026-12-31.");
        }
    }
}
