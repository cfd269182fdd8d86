package io.slipway.release.web;

import io.slipway.platform.web.Failure;
import io.slipway.platform.web.FailureMapping;
import io.slipway.release.NotFound;
import io.slipway.release.NotPermitted;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** How the kernel's refusals are told. */
@Component
class ReleaseFailures implements FailureMapping {

    @Override
    public Optional<Failure> of(Throwable exception) {
        if (exception instanceof NotFound notFound) {
            return Optional.of(new Failure(HttpStatus.NOT_FOUND, String.valueOf(notFound.getMessage())));
        }
        if (exception instanceof NotPermitted notPermitted) {
            return Optional.of(new Failure(HttpStatus.FORBIDDEN, String.valueOf(notPermitted.getMessage())));
        }
        return Optional.empty();
    }
}
