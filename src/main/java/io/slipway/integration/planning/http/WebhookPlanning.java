package io.slipway.integration.planning.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.slipway.integration.planning.MilestoneChange;
import io.slipway.integration.planning.PlanningTool;
import io.slipway.integration.planning.PlanningToolRefused;
import io.slipway.integration.planning.PlanningToolUnavailable;
import io.slipway.platform.http.OutboundHttp;
import io.slipway.platform.http.OutboundHttp.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Webhooks by the rules of Standard Webhooks: id, time and body are signed with HMAC-SHA256, and only an answer from 200 to 299 is a
 * success. The secret is read from its file at each call, so that it can be changed without a restart.
 */
final class WebhookPlanning implements PlanningTool {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PREFIX = "whsec_";

    /** The other side may well accept it later. */
    private static final Set<Integer> LATER = Set.of(408, 425, 429);

    private final OutboundHttp http;
    private final String url;
    private final Path secretFile;
    private final Duration timeout;
    private final Clock clock;

    WebhookPlanning(OutboundHttp http, String url, Path secretFile, Duration timeout, Clock clock) {
        this.http = http;
        this.url = url;
        this.secretFile = secretFile;
        this.timeout = timeout;
        this.clock = clock;
    }

    @Override
    public boolean transactional() {
        return false;
    }

    @Override
    public void push(MilestoneChange change) {
        if (!change.id().matches("[A-Za-z0-9_-]{1,64}")) {
            throw new PlanningToolRefused("The id of a change has 1 to 64 letters, digits, hyphens and underscores.");
        }
        String body = body(change);
        String timestamp = String.valueOf(clock.instant().getEpochSecond());
        Answer answer;
        try {
            answer = http.exchange(http.connector()
                    .createRequest()
                    .post()
                    .url(url)
                    .header("Content-Type", "application/json")
                    .header("webhook-id", change.id())
                    .header("webhook-timestamp", timestamp)
                    .header("webhook-signature", "v1," + signature(change.id() + "." + timestamp + "." + body))
                    .payload(body)
                    .configOption("socket-timeout", Math.toIntExact(timeout.toMillis())));
        } catch (IOException e) {
            throw new PlanningToolUnavailable("The planning tool did not answer: " + e.getMessage(), e);
        }
        if (answer.successful()) {
            return;
        }
        if (answer.status() >= 500 || LATER.contains(answer.status())) {
            throw new PlanningToolUnavailable("The planning tool answered with status " + answer.status(), null);
        }
        throw new PlanningToolRefused("The planning tool refused the milestone with status " + answer.status()
                + "; please look at slipway.planning.url and its secret.");
    }

    private static String body(MilestoneChange change) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("release", change.release());
        data.put("milestone", change.milestone());
        data.put("baseline", change.baseline().toString());
        data.put("forecast", change.forecast().toString());
        change.actual().ifPresent(actual -> data.put("actual", actual.toString()));
        change.cause().ifPresent(cause -> data.put("cause", cause));
        try {
            return JSON.writeValueAsString(Map.of("type", "milestone.changed", "data", data));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A milestone is always JSON", e);
        }
    }

    private String signature(String signed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret(), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HMAC-SHA256", e);
        }
    }

    private byte[] secret() {
        String text;
        try {
            text = Files.readString(secretFile).strip();
        } catch (IOException e) {
            throw new PlanningToolUnavailable("The file slipway.planning.secret-file cannot be read", e);
        }
        byte[] secret;
        try {
            secret =
                    text.startsWith(PREFIX) ? Base64.getDecoder().decode(text.substring(PREFIX.length())) : new byte[0];
        } catch (IllegalArgumentException noBase64) {
            secret = new byte[0];
        }
        if (secret.length < 24 || secret.length > 64) {
            throw new PlanningToolUnavailable(
                    "The file slipway.planning.secret-file does not hold whsec_ and Base64 of 24 to 64 bytes", null);
        }
        return secret;
    }
}
