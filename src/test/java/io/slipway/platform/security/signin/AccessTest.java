package io.slipway.platform.security.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.platform.security.People;
import io.slipway.testing.Crowd;
import io.slipway.testing.RunningApplication;
import io.slipway.testing.Visitor;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.ProcessEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.session.web.http.CookieSerializer;

@RunningApplication
@ExtendWith(OutputCaptureExtension.class)
@SuppressWarnings("NullAway.Init")
class AccessTest {

    @LocalServerPort
    private int port;

    @Autowired
    private Crowd crowd;

    @Autowired
    private People people;

    @Autowired
    private ProcessEngine engine;

    @Autowired
    private SessionRepository<?> sessions;

    @Autowired
    private CookieSerializer cookies;

    @Autowired
    private JdbcClient jdbc;

    private Visitor program(String login, String... groups) {
        crowd.id(login, groups);
        return Visitor.program(port, login, Crowd.PASSWORD);
    }

    private Visitor person(String login, String... groups) {
        crowd.id(login, groups);
        return Visitor.person(port, login);
    }

    private String named(String path) {
        return path.replace("{engine}", engine.getName());
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/releases",
                "/releases/storefront-1.0.0",
                "/confirm/1",
                "/logout",
                "/error",
                "/actuator",
                "/actuator/env",
                "/actuator/beans",
                "/actuator/heapdump",
                "/actuator/health/db",
                "/camunda",
                "/camunda/",
                "/camunda/app/",
                "/camunda/app/tasklist/{engine}/",
                "/camunda/app/cockpit/{engine}/",
                "/camunda/app/admin/{engine}/",
                "/camunda/app/admin/{engine}/setup/",
                "/camunda/app/welcome/{engine}/",
                "/camunda/app/tasklist/scripts/config.js",
                "/camunda/lib/deps.js",
                "/h2-console",
                "/swagger-ui/index.html",
                "/nothing/here"
            })
    void peopleWhoAreNotSignedInAreAskedToSignIn(String path) {
        HttpResponse<String> answer = Visitor.of(port).get(named(path));

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(location(answer)).isEqualTo("/login");
        assertThat(Visitor.of(port).form(named(path), Map.of()).statusCode()).isIn(302, 403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/engine-rest",
                "/engine-rest/",
                "/engine-rest/engine",
                "/engine-rest/engine/{engine}/user",
                "/engine-rest/user",
                "/engine-rest/task",
                "/engine-rest/version",
                "/engine-rest/process-definition",
                "/engine-rest/process-instance",
                "/engine-rest/history/user-operation",
                "/engine-rest/deployment",
                "/engine-rest/external-task",
                "/engine-rest/identity/groups?userId=x",
                "/api/v1/releases",
                "/v3/api-docs",
                "/api/nothing",
                "/camunda/api/engine/engine",
                "/camunda/api/engine/engine/{engine}/user",
                "/camunda/api/engine/engine/{engine}/task",
                "/camunda/api/cockpit/plugin/base/{engine}/process-definition/statistics",
                "/camunda/api/cockpit/plugin/cockpitPlugins/static/app/plugin.js",
                "/camunda/api/admin/auth/user/{engine}",
                "/camunda/api/admin/setup/{engine}/user/create",
                "/camunda/api/admin/auth/user/{engine}/login/admin"
            })
    void programsWithoutCredentialsGet401(String path) {
        assertThat(Visitor.of(port).get(named(path)).statusCode()).isEqualTo(401);
        assertThat(Visitor.of(port).json("POST", named(path), "{}").statusCode())
                .as("POST")
                .isIn(401, 403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/login",
                "/css/slipway.css",
                "/js/web-app-session.js",
                "/favicon.ico",
                "/favicon.svg",
                "/webjars/htmx.org/dist/htmx.min.js",
                "/actuator/health"
            })
    void theSignInPageFilesAndHealthAreOpen(String path) {
        HttpResponse<String> answer = Visitor.of(port).get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }

    @Test
    void healthTellsNothingButTheState() {
        assertThat(Visitor.of(port).get("/actuator/health").body())
                .contains("\"status\":\"UP\"")
                .doesNotContain("components");
    }

    @Test
    void programsSignInByLoginNameAndNotByTheOpaqueId() {
        String id = crowd.id("basic.qa", "qa");

        assertThat(program("basic.qa").get("/engine-rest/engine").statusCode()).isEqualTo(200);
        assertThat(Visitor.program(port, " Basic.QA ", Crowd.PASSWORD)
                        .get("/engine-rest/engine")
                        .statusCode())
                .isEqualTo(200);
        assertThat(Visitor.program(port, id, Crowd.PASSWORD)
                        .get("/engine-rest/engine")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void aWrongPasswordAndAnUnknownLoginLookTheSame() {
        crowd.id("wrong.once", "qa");

        HttpResponse<String> wrong = Visitor.program(port, "wrong.once", "no").get("/engine-rest/engine");
        HttpResponse<String> unknown =
                Visitor.program(port, "nobody.at.all", "no").get("/engine-rest/engine");

        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.body()).contains("Login name or password is wrong.");
        assertThat(wrong.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(challenge -> assertThat(challenge).startsWith("Basic "));
        assertThat(unknown.statusCode()).isEqualTo(401);
        assertThat(unknown.body()).isEqualTo(wrong.body());
        HttpResponse<String> ours = Visitor.program(port, "wrong.once", "no").get("/api/v1/releases");
        assertThat(ours.statusCode()).isEqualTo(401);
        assertThat(ours.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(ours.body()).contains("\"status\":401", "\"detail\":\"Login name or password is wrong.\"");
    }

    @Test
    void aProgramWithoutSessionNeedsNoToken() {
        HttpResponse<String> answer =
                program("token.program", "qa").json("POST", named("/engine-rest/engine/{engine}/task/count"), "{}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
    }

    @Test
    void aSessionNeedsTheTokenForEveryChangeEvenWithCredentials() {
        Visitor person = person("token.person", "qa");
        String token = person.token();

        assertThat(person.json("POST", named("/engine-rest/engine/{engine}/task/count"), "{}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(person.json("POST", "/api/v1/releases", "{}").statusCode()).isEqualTo(403);
        Visitor both = Visitor.program(port, "token.person", Crowd.PASSWORD)
                .withCookie("JSESSIONID", person.cookie("JSESSIONID").orElseThrow());
        assertThat(both.json("POST", named("/engine-rest/engine/{engine}/task/count"), "{}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(person.with("X-CSRF-TOKEN", token)
                        .json("POST", named("/engine-rest/engine/{engine}/task/count"), "{}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void credentialsThatABrowserSendsForAnotherSiteAreNotTaken() {
        assertThat(program("cross.site", "qa")
                        .with("Sec-Fetch-Site", "cross-site")
                        .json("POST", named("/engine-rest/engine/{engine}/task/count"), "{}")
                        .statusCode())
                .isIn(401, 403);
    }

    @Test
    void pagesCarryTheStrictPolicyAndTheWebApplicationsTheirOwn() {
        Visitor person = person("headers.qa", "qa");

        for (String path : new String[] {"/login?expired", "/nothing", "/engine-rest/engine"}) {
            HttpResponse<String> answer = person.get(path);
            assertThat(answer.headers().firstValue("Content-Security-Policy"))
                    .contains(WebSecurity.CONTENT_SECURITY_POLICY);
            assertThat(answer.headers().firstValue("X-Frame-Options")).contains("DENY");
            assertThat(answer.headers().firstValue("Referrer-Policy")).contains("strict-origin-when-cross-origin");
            assertThat(answer.headers().firstValue("Permissions-Policy")).isPresent();
        }
        HttpResponse<String> tasklist = person.get(named("/camunda/app/tasklist/{engine}/"));
        assertThat(tasklist.statusCode()).isEqualTo(200);
        assertThat(tasklist.headers().allValues("Content-Security-Policy")).hasSize(1);
        assertThat(tasklist.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("strict-dynamic");
    }

    @Test
    void theSignInPageHasNoInlineScriptOrStyle() {
        assertThat(Visitor.of(port).get("/login").body())
                .doesNotContainPattern("<script(?![^>]* src=)")
                .doesNotContain("<style")
                .doesNotContain("style=")
                .doesNotContain("onclick");
    }

    @Test
    void whatNobodyOpenedIsRefusedToPeopleWhoAreSignedIn() {
        Visitor person = person("deny.qa", "qa").with("Accept", "text/html");

        assertThat(person.get("/nothing").statusCode()).isEqualTo(404);
        assertThat(person.get("/nothing").body()).contains("There is nothing at this address, or your roles");
        assertThat(person.get("/actuator/env").statusCode()).isEqualTo(403);
        assertThat(person.get("/api/nothing").statusCode()).isEqualTo(404);
        assertThat(person.get("/api/nothing").body()).contains("\"status\":404");
        assertThat(person.get("/actuator/env").body()).contains("Not allowed").doesNotContain("Whitelabel");
    }

    @Test
    void whoLooksAfterAccountsSeesNoReleasesAndNoTasks() {
        Visitor admin = person("pages.admin", "admin");

        assertThat(admin.get("/releases").statusCode()).isEqualTo(403);
        assertThat(admin.get("/api/v1/releases").statusCode()).isEqualTo(403);
        assertThat(admin.get(named("/camunda/app/tasklist/{engine}/")).statusCode())
                .isEqualTo(403);
        assertThat(admin.get(named("/camunda/app/cockpit/{engine}/")).statusCode())
                .isEqualTo(403);
        assertThat(admin.get(named("/camunda/app/admin/{engine}/")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aPersonWithoutAnyRoleGetsNowhere() {
        Visitor nobody = person("no.role");

        assertThat(nobody.get("/").statusCode()).isEqualTo(403);
        assertThat(nobody.get("/engine-rest/engine").statusCode()).isEqualTo(403);
        assertThat(nobody.get(named("/camunda/app/welcome/{engine}/")).statusCode())
                .isEqualTo(403);
    }

    @Test
    void thoseWhoDoNotLookAfterAccountsCannotListPeople() {
        String other = crowd.id("listed.person", "dba");
        Visitor developer = program("lister.dev", "developer@storefront");
        Visitor admin = program("lister.admin", "admin");

        for (String base :
                new String[] {"/engine-rest", "/engine-rest/engine/{engine}", "/camunda/api/engine/engine/{engine}"}) {
            for (String path : new String[] {"/user", "/user/count", "/identity/groups?userId=" + other}) {
                Visitor visitor = base.startsWith("/camunda") ? person("lister.dev") : developer;
                assertThat(visitor.get(named(base + path)).statusCode())
                        .as(base + path)
                        .isEqualTo(403);
            }
        }
        assertThat(admin.get(named("/engine-rest/engine/{engine}/user?maxResults=5"))
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> profile = developer.get(named("/engine-rest/engine/{engine}/user/" + other + "/profile"));
        assertThat(profile.statusCode()).isEqualTo(200);
        assertThat(profile.body()).contains("listed").doesNotContain("@example.org");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/camunda/api/admin/setup/{engine}/user/create",
                "/camunda/api/admin/auth/user/{engine}/login/tasklist",
                "/camunda/api/engine/engine/{engine}/identity/verify",
                "/engine-rest/identity/verify",
                "/engine-rest/engine/{engine}/identity/verify"
            })
    void waysAroundTheSignInAreClosedToEverybody(String path) {
        Visitor admin = person("around.admin", "admin");
        admin.with("X-CSRF-TOKEN", admin.token());

        assertThat(admin.json(
                                "POST",
                                named(path),
                                "{\"profile\":{\"id\":\"mallory\",\"firstName\":\"M\",\"lastName\":\"M\"},"
                                        + "\"credentials\":{\"password\":\"Mallory-1234!\"},\"username\":\"x\",\"password\":\"y\"}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(people.findByLogin("mallory")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/camunda/%61pi/engine/engine/{engine}/task?maxResults=1",
                "/camunda/api/engine/%65ngine/{engine}/user?maxResults=1",
                "/camunda/%61pp/cockpit/{engine}/",
                "/engine-rest/%75ser?maxResults=1",
                "/%72eleases",
                "//engine-rest/task",
                "/engine-rest//task",
                "/engine-rest;x=1/task",
                "/engine-rest/task;jsessionid=1",
                "/engine-rest%2ftask",
                "/engine-rest%3Bx=1/task",
                "/engine-rest%5Ctask"
            })
    void anAddressThatCanBeReadInMoreThanOneWayIsRefused(String path) {
        assertThat(person("escaping.dev", "developer@storefront")
                        .get(named(path))
                        .statusCode())
                .isEqualTo(400);
        HttpResponse<String> answer = Visitor.of(port).get(named(path));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).doesNotContain("Exception").doesNotContain("at org.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health/liveness", "/actuator/health/readiness"})
    void whoeverRunsTheProgramMayAskWhetherItLives(String probe) {
        HttpResponse<String> answer = Visitor.of(port).get(probe);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"status\":\"UP\"}");
    }

    @Test
    void afterSigningInPeopleComeToThePageTheyAskedFor() {
        crowd.id("saved.page", "qa");
        Visitor visitor = Visitor.of(port).with("Accept", "text/html");

        assertThat(location(visitor.get("/releases"))).isEqualTo("/login");
        assertThat(location(visitor.signIn("saved.page", Crowd.PASSWORD))).endsWith("/releases");
    }

    @Test
    void theSessionGetsANewIdWhenSomebodySignsIn() {
        crowd.id("fixed.session", "qa");
        Visitor visitor = Visitor.of(port);
        visitor.get("/login");
        String before = visitor.cookie("JSESSIONID").orElseThrow();

        visitor.signIn("fixed.session", Crowd.PASSWORD);

        assertThat(visitor.cookie("JSESSIONID").orElseThrow()).isNotEqualTo(before);
        assertThat(visitor.get("/engine-rest/engine").statusCode()).isEqualTo(200);
    }

    private static String id(Visitor visitor) {
        return new String(
                Base64.getDecoder().decode(visitor.cookie("JSESSIONID").orElseThrow()), StandardCharsets.UTF_8);
    }

    @Test
    void aRequestThatBeganBeforeTheSignInDoesNotBringTheOldSessionBack() {
        crowd.id("late.request", "qa");
        Visitor visitor = Visitor.of(port);
        visitor.get("/login");
        String before = visitor.cookie("JSESSIONID").orElseThrow();
        endsLate(sessions, id(visitor), () -> visitor.signIn("late.request", Crowd.PASSWORD));

        assertThat(visitor.get("/engine-rest/engine").statusCode()).isEqualTo(200);
        assertThat(Visitor.of(port)
                        .withCookie("JSESSIONID", before)
                        .get("/engine-rest/engine")
                        .statusCode())
                .isEqualTo(401);
    }

    private static <S extends Session> void endsLate(SessionRepository<S> sessions, String id, Runnable meanwhile) {
        S read = sessions.findById(id);
        meanwhile.run();
        read.setLastAccessedTime(Instant.now());
        sessions.save(read);
    }

    @Test
    void whatASessionHoldsAndNobodyCanReadSignsOut() {
        Visitor person = person("unreadable.qa", "qa");
        assertThat(jdbc.sql(
                                "update SPRING_SESSION_ATTRIBUTES set ATTRIBUTE_BYTES = ? where ATTRIBUTE_NAME = 'SPRING_SECURITY_CONTEXT'"
                                        + " and SESSION_PRIMARY_ID = (select PRIMARY_ID from SPRING_SESSION where SESSION_ID = ?)")
                        .params("of another version".getBytes(StandardCharsets.UTF_8), id(person))
                        .update())
                .isEqualTo(1);

        assertThat(location(person.get("/releases"))).startsWith("/login");
        assertThat(location(person.signIn("unreadable.qa", Crowd.PASSWORD))).doesNotContain("/login");
        assertThat(person.get("/engine-rest/engine").statusCode()).isEqualTo(200);
    }

    @Test
    void whoeverCameByTlsGetsACookieForTlsAlone() {
        for (boolean tls : new boolean[] {true, false}) {
            MockHttpServletRequest request = new MockHttpServletRequest();
            request.setSecure(tls);
            MockHttpServletResponse response = new MockHttpServletResponse();

            cookies.writeCookieValue(new CookieSerializer.CookieValue(request, response, "id"));

            assertThat(String.valueOf(response.getHeader("Set-Cookie")).contains("Secure"))
                    .isEqualTo(tls);
        }
    }

    @Test
    void requestsThatComeAtOnceGetTheSameTokenForTheWebApplications() {
        for (int round = 0; round < 5; round++) {
            Visitor person = person("tokens.ops", "operations");
            String session = person.cookie("JSESSIONID").orElseThrow();
            List<CompletableFuture<Visitor>> first = IntStream.range(0, 6)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> {
                        Visitor tab = Visitor.of(port).withCookie("JSESSIONID", session);
                        assertThat(tab.get(named("/camunda/app/tasklist/{engine}/"))
                                        .statusCode())
                                .isEqualTo(200);
                        return tab;
                    }))
                    .toList();

            assertThat(first.stream()
                            .map(CompletableFuture::join)
                            .map(tab -> tab.cookie("XSRF-TOKEN").orElseThrow())
                            .distinct())
                    .hasSize(1);
            Visitor tab = first.get(0).join();
            assertThat(tab.with("X-XSRF-TOKEN", tab.cookie("XSRF-TOKEN").orElseThrow())
                            .json("POST", named("/camunda/api/engine/engine/{engine}/task/count"), "{}")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void thePageOfAWebApplicationCarriesTheNonceOfItsOwnHeader() {
        Visitor person = person("nonces.ops", "operations");
        String session = person.cookie("JSESSIONID").orElseThrow();
        List<CompletableFuture<HttpResponse<String>>> pages = IntStream.range(0, 60)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> Visitor.of(port)
                        .withCookie("JSESSIONID", session)
                        .get(named("/camunda/app/tasklist/{engine}/"))))
                .toList();

        for (CompletableFuture<HttpResponse<String>> page : pages) {
            String policy =
                    page.join().headers().firstValue("Content-Security-Policy").orElseThrow();
            String nonce = policy.replaceAll("(?s).*'nonce-([^']+)'.*", "$1");
            assertThat(page.join().body()).contains("nonce=\"" + nonce + "\"");
        }
    }

    @Test
    void aSignInPageThatStoodOpenTooLongIsShownAgain() {
        HttpResponse<String> answer =
                Visitor.of(port).form("/login", Map.of("username", "a", "password", "b", "_csrf", "stale"));

        assertThat(location(answer)).isEqualTo("/login?expired");
    }

    @Test
    void aSessionThatEndedIsSaidToHaveEnded() {
        Visitor visitor = Visitor.of(port).withCookie("JSESSIONID", "0123456789ABCDEF0123456789ABCDEF");

        assertThat(location(visitor.get("/releases"))).isEqualTo("/login?expired");
        assertThat(visitor.get("/login?expired").body()).contains("Your session has ended.");
        assertThat(Visitor.of(port)
                        .with("HX-Request", "true")
                        .get("/releases")
                        .headers()
                        .firstValue("HX-Redirect"))
                .contains("/login");
    }

    @Test
    void oneSignInIsEnoughForTasklistAndOneSignOutEndsItEverywhere() {
        Visitor person = person("single.ops", "operations");

        assertThat(person.get(named("/camunda/app/tasklist/{engine}/")).statusCode())
                .isEqualTo(200);
        assertThat(person.get(named("/camunda/app/cockpit/{engine}/")).statusCode())
                .isEqualTo(200);
        assertThat(person.get(named("/camunda/app/admin/{engine}/")).statusCode())
                .isEqualTo(403);
        HttpResponse<String> whoAmI = person.get(named("/camunda/api/admin/auth/user/{engine}"));
        assertThat(whoAmI.body()).contains(crowd.id("single.ops"));

        HttpResponse<String> out = person.json("POST", named("/camunda/api/admin/auth/user/{engine}/logout"), "");

        assertThat(out.statusCode()).isEqualTo(204);
        assertThat(person.get("/engine-rest/engine").statusCode()).isEqualTo(401);
        assertThat(location(person.get("/releases"))).startsWith("/login");
    }

    @Test
    void signingOutOnOurPagesEndsTheWebApplicationsToo() {
        Visitor person = person("out.qa", "qa");
        String token = person.token();
        String session = person.cookie("JSESSIONID").orElseThrow();
        assertThat(person.get(named("/camunda/app/tasklist/{engine}/")).statusCode())
                .isEqualTo(200);

        assertThat(location(person.form("/logout", Map.of("_csrf", token)))).isEqualTo("/login?logout");

        Visitor again = Visitor.of(port).withCookie("JSESSIONID", session);
        assertThat(again.get(named("/camunda/api/engine/engine/{engine}/task")).statusCode())
                .isEqualTo(401);
    }

    @Test
    void aClosedAccountEndsItsSessionsAtOnce() {
        String id = crowd.id("leaving.qa", "qa");
        Visitor person = Visitor.person(port, "leaving.qa");
        assertThat(person.get("/engine-rest/engine").statusCode()).isEqualTo(200);

        people.deactivate(id);

        assertThat(person.get("/engine-rest/engine").statusCode()).isEqualTo(403);
        assertThat(person.get(named("/camunda/app/tasklist/{engine}/")).statusCode())
                .isEqualTo(403);
        assertThat(Visitor.program(port, "leaving.qa", Crowd.PASSWORD)
                        .get("/engine-rest/engine")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void tooManyAttemptsAreHeldBackWhetherTheLoginExistsOrNot() {
        crowd.id("throttled.qa", "qa");
        for (String login : new String[] {"throttled.qa", "throttled.nobody"}) {
            Visitor program = Visitor.program(port, login, "wrong");
            for (int attempt = 0; attempt < 5; attempt++) {
                assertThat(program.get("/engine-rest/engine").statusCode()).isEqualTo(401);
            }

            HttpResponse<String> answer = program.get("/engine-rest/engine");

            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().firstValueAsLong("Retry-After").orElse(0))
                    .isPositive();
            assertThat(answer.body()).contains("Too many attempts to sign in");
            Visitor page = Visitor.of(port);
            assertThat(location(page.signIn(login, Crowd.PASSWORD))).isEqualTo("/login?throttled");
            HttpResponse<String> shown = page.get("/login?throttled");
            assertThat(shown.statusCode()).isEqualTo(429);
            assertThat(shown.body()).contains("Too many attempts to sign in; please try again in 5 minutes.");
        }
    }

    @Test
    void noPasswordIsLogged(CapturedOutput output) {
        crowd.id("logged.qa", "qa");
        Visitor.person(port, "logged.qa").get("/engine-rest/engine");
        Visitor.program(port, "logged.qa", "Wrong-secret-99!").get("/engine-rest/engine");
        Visitor.of(port).signIn("logged.nobody", "Other-secret-98!");

        assertThat(output.getAll())
                .contains("Signing in was refused")
                .doesNotContain(Crowd.PASSWORD)
                .doesNotContain("Wrong-secret-99!")
                .doesNotContain("Other-secret-98!")
                .doesNotContain("logged.nobody");
    }
}
