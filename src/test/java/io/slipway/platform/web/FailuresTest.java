package io.slipway.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.slipway.platform.process.TaskRefused;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.MethodParameter;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.mock.http.MockHttpInputMessage;
import org.springframework.validation.BeanPropertyBindingResult;
import org.springframework.validation.BindException;
import org.springframework.validation.FieldError;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
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

    private enum Answer {
        YES,
        NO
    }

    private record Sent(
            Instant openedAt,
            Duration ttl,
            LocalDate due,
            UUID calendar,
            Answer kind,
            Integer count,
            long size,
            boolean holds,
            BigDecimal share,
            List<String> names,
            String text,
            Sent inner) {}

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"openedAt": "yesterday"}      | openedAt       | a time as 2026-11-29T08:00:00Z
                    {"ttl": "an hour"}             | ttl            | a duration as PT1H30M
                    {"due": "29.11.2026"}          | due            | a day as 2026-11-29
                    {"calendar": "mine"}           | calendar       | an id as 123e4567-e89b-12d3-a456-426614174000
                    {"kind": "MAYBE"}              | kind           | one of YES, NO
                    {"count": "many"}              | count          | a whole number such as 12
                    {"count": 99999999999}         | count          | a whole number such as 12
                    {"size": {}}                   | size           | a whole number such as 12
                    {"holds": "perhaps"}           | holds          | true or false
                    {"share": "half"}              | share          | a number as 12.5
                    {"names": "a"}                 | names          | a list
                    {"text": {}}                   | text           | one text
                    {"inner": {"openedAt": "now"}} | inner.openedAt | a time as 2026-11-29T08:00:00Z
                    """)
    void saysOfWhatCannotBeReadInWhichFormItIsExpected(String body, String field, String form) {
        ObjectMapper json = JsonMapper.builder().addModule(new JavaTimeModule()).build();
        Throwable unreadable = catchThrowable(() -> json.readValue(body, Sent.class));

        assertThat(failures.of(new HttpMessageNotReadableException(
                        "unreadable", unreadable, new MockHttpInputMessage(new byte[0]))))
                .isEqualTo(new Failure(
                        HttpStatus.BAD_REQUEST, "'" + field + "' cannot be read; please give " + form + ".", field));
    }

    @Test
    void saysTheSameOfWhatStandsInTheAddressAndInAForm() throws Exception {
        MethodParameter parameter = new MethodParameter(Sent.class.getDeclaredConstructors()[0], 0);
        assertThat(failures.of(new MethodArgumentTypeMismatchException(
                                "soon", Instant.class, "from", parameter, new IllegalArgumentException()))
                        .sentence())
                .isEqualTo("'from' cannot be read; please give a time as 2026-11-29T08:00:00Z.");

        BeanPropertyBindingResult form = new BeanPropertyBindingResult(new Object(), "form");
        FieldError error = new FieldError("form", "kind", "MAYBE", true, null, null, "no");
        error.wrap(new TypeMismatchException("MAYBE", Answer.class));
        form.addError(error);
        assertThat(failures.of(new BindException(form)))
                .isEqualTo(new Failure(
                        HttpStatus.BAD_REQUEST, "'kind' cannot be read; please give one of YES, NO.", "kind"));
    }

    @Test
    void asksTheModulesFirst() {
        told(new IllegalStateException("ours"), HttpStatus.I_AM_A_TEAPOT);
    }
}
