package io.slipway.packaging.web;

import io.slipway.packaging.HandedInFile;
import io.slipway.packaging.Packages;
import io.slipway.platform.web.Viewer;
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

/** Takes files from the page of a release. */
@Controller
class PackagingPages {

    private final ReleaseDesk desk;
    private final Packages packages;

    PackagingPages(ReleaseDesk desk, Packages packages) {
        this.desk = desk;
        this.packages = packages;
    }

    @PostMapping("/releases/{key}/packaging/files")
    String handIn(@PathVariable String key, @RequestParam MultipartFile file, Viewer viewer, RedirectAttributes told)
            throws IOException {
        Release release = release(key, viewer);
        try (InputStream content = file.getInputStream()) {
            HandedInFile taken = packages.handIn(release, name(file), content, viewer.person());
            told.addFlashAttribute(
                    "message",
                    taken.name() + " was taken. Please complete the task 'Supply files' when nothing is missing.");
        } catch (Refused refused) {
            told.addFlashAttribute("refusal", refused.getMessage());
        }
        return back(release);
    }

    @PostMapping("/releases/{key}/packaging/files/withdraw")
    String withdraw(@PathVariable String key, @RequestParam String name, Viewer viewer, RedirectAttributes told) {
        Release release = release(key, viewer);
        try {
            packages.withdraw(release, name, viewer.person());
            told.addFlashAttribute("message", name + " was removed.");
        } catch (Refused refused) {
            told.addFlashAttribute("refusal", refused.getMessage());
        }
        return back(release);
    }

    private Release release(String key, Viewer viewer) {
        return desk.get(key, new Reader(viewer.person(), viewer.groups()));
    }

    private static String back(Release release) {
        return "redirect:/releases/" + release.key() + "#packaging";
    }

    /** The name that the sender gave the file; it is judged like any other name. */
    static String name(MultipartFile file) {
        return Optional.ofNullable(file.getOriginalFilename()).orElse("");
    }
}
