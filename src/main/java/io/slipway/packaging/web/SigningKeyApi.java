package io.slipway.packaging.web;

import io.slipway.packaging.signatures.TrustedKey;
import io.slipway.packaging.signatures.TrustedKeys;
import io.slipway.platform.web.Paging;
import io.slipway.platform.web.Viewer;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.PageRequest;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Keys that are trusted to sign, for programs. */
@RestController
@RequestMapping("/api/v1/signing-keys")
class SigningKeyApi {

    private final TrustedKeys keys;

    SigningKeyApi(TrustedKeys keys) {
        this.keys = keys;
    }

    /** A key that somebody proposes. */
    record KeyProposal(
            @Nullable String system,
            @Nullable String key,
            @Nullable String reason) {}

    /** The key that was proposed. */
    record Proposed(String system, String fingerprint) {}

    /** Why something is done. */
    record Reason(@Nullable String reason) {}

    @GetMapping
    Paging<TrustedKey> list(@RequestParam(defaultValue = "0") int page, @RequestParam(defaultValue = "25") int size) {
        return Paging.of(keys.list(PageRequest.of(Paging.page(page), Paging.size(size))), key -> key);
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Proposed propose(@RequestBody KeyProposal proposal, Viewer viewer) {
        String system = text(proposal.system());
        return new Proposed(
                system, keys.propose(system, text(proposal.key()), text(proposal.reason()), viewer.person()));
    }

    @PostMapping("/{system}/{fingerprint}/accept")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void accept(@PathVariable String system, @PathVariable String fingerprint, Viewer viewer) {
        keys.accept(system, fingerprint, viewer.person());
    }

    @PostMapping("/{system}/{fingerprint}/withdraw")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void withdraw(
            @PathVariable String system, @PathVariable String fingerprint, @RequestBody Reason reason, Viewer viewer) {
        keys.withdraw(system, fingerprint, text(reason.reason()), viewer.person());
    }

    private static String text(@Nullable String given) {
        return given == null ? "" : given.strip();
    }
}
