package io.slipway.quality.web;

import io.slipway.platform.web.Viewer;
import io.slipway.quality.Evidence;
import io.slipway.quality.Gates;
import io.slipway.release.Reader;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseDesk;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Takes reports of tests from the page of a release. */
@Controller
class QualityPages {

    private final ReleaseDesk desk;
    private final Gates gates;

    QualityPages(ReleaseDesk desk, Gates gates) {
        this.desk = desk;
        this.gates = gates;
    }

    @PostMapping("/releases/{key}/quality/{environment}/evidence")
    String supply(
            @PathVariable String key,
            @PathVariable String environment,
            @RequestParam MultipartFile file,
            Viewer viewer,
            RedirectAttributes told)
            throws IOException {
        Release release = desk.get(key, new Reader(viewer.person(), viewer.groups()));
        try (InputStream content = file.getInputStream()) {
            told.addFlashAttribute(
                    "message", taken(gates.supply(release, environment, name(file), content, viewer.person())));
        } catch (Refused refused) {
            told.addFlashAttribute("refusal", refused.getMessage());
        }
        return "redirect:/releases/" + release.key() + "#quality";
    }

    private static String taken(Evidence evidence) {
        return evidence.name() + " was taken: " + evidence.kind().label() + ", " + evidence.summary()
                + ". Please complete the task 'Supply evidence' when nothing is missing.";
    }

    /** The name that the sender gave the file; it is judged like any other name. */
    static String name(MultipartFile file) {
        return Optional.ofNullable(file.getOriginalFilename()).orElse("");
    }
}
