package io.slipway.testing;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody who calls the application over HTTP: nobody in particular, a program with credentials, or a person with a session. */
public final class Visitor {

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    private final String base;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, String> cookies = new LinkedHashMap<>();

    private Visitor(String base) {
        this.base = base;
    }

    /** Nobody in particular. */
    public static Visitor of(int port) {
        return new Visitor("http://localhost:" + port);
    }

    /** A program with HTTP basic credentials. */
    public static Visitor program(int port, String login, String password) {
        return of(port).with(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString((login + ":" + password).getBytes(StandardCharsets.UTF_8)));
    }

    /** A person who has signed in on the page. */
    public static Visitor person(int port, String login) {
        Visitor visitor = of(port);
        HttpResponse<String> answer = visitor.signIn(login, Crowd.PASSWORD);
        if (answer.statusCode() != 302
                || answer.headers().firstValue("Location").orElse("").contains("/login")) {
            throw new AssertionError(login + " could not sign in: " + answer + " "
                    + answer.headers().firstValue("Location"));
        }
        return visitor;
    }

    /** Fills in the sign-in page. */
    public HttpResponse<String> signIn(String login, String password) {
        String token = token();
        return form("/login", Map.of("username", login, "password", password, "_csrf", token));
    }

    /** The token against forged requests that the sign-in page carries. */
    public String token() {
        return token("/login?expired");
    }

    /** The token against forged requests that a page carries. */
    public String token(String page) {
        Matcher matcher = CSRF.matcher(get(page).body());
        if (!matcher.find()) {
            throw new AssertionError(page + " carries no token");
        }
        return matcher.group(1);
    }

    /** Sends this header with every request from now on. */
    public Visitor with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    /** Sends this cookie with every request from now on. */
    public Visitor withCookie(String name, String value) {
        cookies.put(name, value);
        return this;
    }

    /** A cookie that the application has set. */
    public Optional<String> cookie(String name) {
        return Optional.ofNullable(cookies.get(name));
    }

    /** GET. */
    public HttpResponse<String> get(String path) {
        return send(path, "GET", HttpRequest.BodyPublishers.noBody(), "");
    }

    /** GET of what is no text. */
    public HttpResponse<byte[]> file(String path) {
        return send(path, "GET", HttpRequest.BodyPublishers.noBody(), "", HttpResponse.BodyHandlers.ofByteArray());
    }

    /** A request with a JSON body. */
    public HttpResponse<String> json(String method, String path, String body) {
        return send(path, method, HttpRequest.BodyPublishers.ofString(body), "application/json");
    }

    /** A request with a body of any type. */
    public HttpResponse<String> body(String method, String path, String type, String body) {
        return send(path, method, HttpRequest.BodyPublishers.ofString(body), type);
    }

    /** A request with bytes as its body. */
    public HttpResponse<String> bytes(String method, String path, String type, byte[] body) {
        return send(path, method, HttpRequest.BodyPublishers.ofByteArray(body), type);
    }

    /** A POST of form fields. */
    public HttpResponse<String> form(String path, Map<String, String> fields) {
        String body = fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return send(path, "POST", HttpRequest.BodyPublishers.ofString(body), "application/x-www-form-urlencoded");
    }

    /** A deployment of one file with a name and nothing more. */
    public HttpResponse<String> deploy(String path, String name, String file, String content) {
        return multipart(path, Map.of("deployment-name", name), file, content);
    }

    /** A deployment as Camunda Modeler sends it: its name and source, what to filter, and the file under its own name. */
    public HttpResponse<String> deployFromModeler(String path, String name, String file, String content) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("deployment-name", name);
        fields.put("deployment-source", "Camunda Modeler");
        fields.put("enable-duplicate-filtering", "true");
        fields.put("deploy-changed-only", "true");
        return multipart(path, fields, file, content);
    }

    private HttpResponse<String> multipart(String path, Map<String, String> fields, String file, String content) {
        String boundary = "----part";
        String body = fields.entrySet().stream()
                        .map(field -> "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + field.getKey()
                                + "\"\r\n\r\n" + field.getValue() + "\r\n")
                        .collect(Collectors.joining())
                + "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + file + "\"; filename=\"" + file
                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n" + content + "\r\n--" + boundary + "--\r\n";
        return send(
                path, "POST", HttpRequest.BodyPublishers.ofString(body), "multipart/form-data; boundary=" + boundary);
    }

    /** A POST of a file in the field {@code file}, with other fields beside it. */
    public HttpResponse<String> upload(String path, String name, String content, Map<String, String> fields) {
        String boundary = "----part";
        StringBuilder body = new StringBuilder();
        fields.forEach((field, value) -> body.append("--" + boundary + "\r\nContent-Disposition: form-data; name=\"")
                .append(field)
                .append("\"\r\n\r\n")
                .append(value)
                .append("\r\n"));
        body.append("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"")
                .append(name)
                .append("\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .append(content)
                .append("\r\n--" + boundary + "--\r\n");
        return send(
                path,
                "POST",
                HttpRequest.BodyPublishers.ofString(body.toString()),
                "multipart/form-data; boundary=" + boundary);
    }

    private HttpResponse<String> send(String path, String method, HttpRequest.BodyPublisher body, String type) {
        return send(path, method, body, type, HttpResponse.BodyHandlers.ofString());
    }

    private <T> HttpResponse<T> send(
            String path,
            String method,
            HttpRequest.BodyPublisher body,
            String type,
            HttpResponse.BodyHandler<T> reading) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(30))
                .method(method, body);
        headers.forEach(request::header);
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        try {
            HttpResponse<T> answer = HTTP.send(request.build(), reading);
            answer.headers().allValues("Set-Cookie").forEach(this::keep);
            return answer;
        } catch (IOException e) {
            throw new AssertionError(method + " " + path + " could not be sent", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private void keep(String cookie) {
        String pair = cookie.split(";", 2)[0];
        int gap = pair.indexOf('=');
        if (gap < 0) {
            return;
        }
        if (cookie.contains("Max-Age=0") || pair.endsWith("=")) {
            cookies.remove(pair.substring(0, gap));
        } else {
            cookies.put(pair.substring(0, gap), pair.substring(gap + 1));
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
