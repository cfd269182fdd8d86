package io.slipway.packaging.web;

import io.slipway.packaging.HandedInFile;
import io.slipway.packaging.Packages;
import io.slipway.platform.web.Viewer;
import io.slipway.release.NotFound;
import io.slipway.release.Reader;
import io.slipway.release.Release;
import io.slipway.release.ReleaseDesk;
import io.slipway.release.SealedPackage;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** The package of a release for programs. */
@RestController
@RequestMapping("/api/v1/releases/{key}/packaging")
class PackagingApi {

    private final ReleaseDesk desk;
    private final Packages packages;

    PackagingApi(ReleaseDesk desk, Packages packages) {
        this.desk = desk;
        this.packages = packages;
    }

    /** A file that was handed in. */
    record FileJson(String name, long size, String sha256, String handedInBy, Instant handedInAt) {

        static FileJson of(HandedInFile file) {
            return new FileJson(file.name(), file.size(), file.sha256(), file.handedInBy(), file.handedInAt());
        }
    }

    /** The present packaging; without round while it has not begun, without digest while it is not sealed. */
    record PackagingJson(
            @Nullable Integer round, @Nullable String digest, List<FileJson> files, List<String> shortcomings) {}

    @GetMapping
    PackagingJson get(@PathVariable String key, Viewer viewer) {
        Release release = release(key, viewer);
        return new PackagingJson(
                packages.round(release).orElse(null),
                packages.present(release).map(SealedPackage::digest).orElse(null),
                packages.files(release).stream().map(FileJson::of).toList(),
                packages.shortcomings(release));
    }

    /** The manifest exactly as it was hashed: SHA-256 of these bytes is the digest of the package. */
    @GetMapping(path = "/manifest", produces = MediaType.APPLICATION_JSON_VALUE)
    String manifest(@PathVariable String key, Viewer viewer) {
        return packages.manifest(release(key, viewer)).orElseThrow(() -> new NotFound("sealed package of", key));
    }

    /** Takes a file, as on the page. */
    @PostMapping(path = "/files", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    FileJson handIn(@PathVariable String key, @RequestParam MultipartFile file, Viewer viewer) throws IOException {
        Release release = release(key, viewer);
        try (InputStream content = file.getInputStream()) {
            return FileJson.of(packages.handIn(release, PackagingPages.name(file), content, viewer.person()));
        }
    }

    /** Takes a file as the body of the request. */
    @PutMapping(path = "/files/{name}", consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    FileJson put(@PathVariable String key, @PathVariable String name, InputStream content, Viewer viewer)
            throws IOException {
        return FileJson.of(packages.handIn(release(key, viewer), name, content, viewer.person()));
    }

    @DeleteMapping("/files/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void withdraw(@PathVariable String key, @PathVariable String name, Viewer viewer) {
        packages.withdraw(release(key, viewer), name, viewer.person());
    }

    private Release release(String key, Viewer viewer) {
        return desk.get(key, new Reader(viewer.person(), viewer.groups()));
    }
}
