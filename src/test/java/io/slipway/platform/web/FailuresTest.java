package io.slipway.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.platform.process.TaskRefused;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;

class FailuresTest {

    private final Failures failures = new Failures(List.of(exception -> exception instanceof IllegalStateException
            ? Optional.of(new Failure(HttpStatus.I_AM_A_TEAPOT, "No coffee."))
            : Optional.empty()));

    private void told(Exception exception, HttpStatus status) {
        assertThat(failures.of(exception).status()).isEqualTo(status);
    }

    @Test
    void tellsARefusalWithItsFieldAlsoFromInsideTheEngine() {
        TaskRefused refused = new TaskRefused("version", "Please give a version.");

        assertThat(failures.of(refused))
                .isEqualTo(new Failure(HttpStatus.BAD_REQUEST, "Please give a version.", "version"));
        assertThat(failures.of(new ProcessEngineException("wrapped", refused)).field())
                .isEqualTo("version");
    }

    @Test
    void tellsOversizedUploadsAndMissingFilesByTheirField() {
        told(new MaxUploadSizeExceededException(10), HttpStatus.PAYLOAD_TOO_LARGE);
        assertThat(failures.of(new MissingServletRequestPartException("file")).field())
                .isEqualTo("file");
    }

    @Test
    void tellsWhatOthersDidMeanwhileAsAConflict() {
        told(new OptimisticLockingException("changed"), HttpStatus.CONFLICT);
        told(new DataIntegrityViolationException("unique"), HttpStatus.CONFLICT);
    }

    @Test
    void tellsNothingOfTheInsideOfAnUnknownFailure() {
        Failure failure = failures.of(new UnsupportedOperationException("password=secret"));

        assertThat(failure.status()).isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
        assertThat(failure.sentence()).doesNotContain("secret");
    }

    @Test
    void asksTheModulesFirst() {
        told(new IllegalStateException("ours"), HttpStatus.I_AM_A_TEAPOT);
    }
}
