package io.slipway.platform.security.signin;

import io.slipway.platform.security.Denials;
import io.slipway.platform.security.PathRules;
import io.slipway.platform.security.Right;
import io.slipway.platform.security.RightsTable;
import io.slipway.platform.security.RoleRights;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.webapp.impl.security.auth.ContainerBasedAuthenticationFilter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.AccessDeniedHandlerImpl;
import org.springframework.security.web.access.ExceptionTranslationFilter;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.logout.HttpStatusReturningLogoutSuccessHandler;
import org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.AndRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * What stands in front of everything. Programs come with HTTP basic and without a session; people come through the sign-in page, once
 * for our pages, Tasklist, Cockpit and Admin. What nobody opened is refused.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class WebSecurity {

    /** No inline script, no inline style sheet, nothing from elsewhere; style attributes are what the drawing of diagrams needs. */
    static final String CONTENT_SECURITY_POLICY = "default-src 'self'; script-src 'self'; style-src 'self';"
            + " style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; object-src 'none'; base-uri 'self';"
            + " form-action 'self'; frame-ancestors 'none'";

    private static final String PERMISSIONS_POLICY =
            "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()";

    private static final String[] STATIC_FILES = {
        "/css/**", "/js/**", "/img/**", "/webjars/**", "/favicon.ico", "/favicon.svg"
    };

    private static final String[] HEALTH = {
        "/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness"
    };

    private static final PathPatternRequestMatcher.Builder PATH = PathPatternRequestMatcher.withDefaults();

    private static final RequestMatcher INTERFACES = new OrRequestMatcher(
            PATH.matcher("/engine-rest/**"), PATH.matcher("/api/**"), PATH.matcher("/v3/api-docs/**"));

    private static final RequestMatcher FIGURES = PATH.matcher(HttpMethod.GET, "/actuator/prometheus");

    /** What programs may ask with credentials: the interfaces, and how the program is. */
    private static final RequestMatcher WITH_CREDENTIALS =
            new OrRequestMatcher(INTERFACES, PATH.matcher("/actuator/**"));

    private static final RequestMatcher PROGRAMS = new OrRequestMatcher(INTERFACES, PATH.matcher("/camunda/api/**"));

    /** What there is, whether or not somebody may come to it: a refusal here is told as one, and counted. */
    private static final RequestMatcher CLOSED = new OrRequestMatcher(
            PATH.matcher("/"),
            PATH.matcher("/actuator/**"),
            PATH.matcher("/engine-rest/**"),
            PATH.matcher("/camunda/**"));

    /** The engine's interface lies at each of these; the second form names the engine. */
    private static final List<String> ENGINE_INTERFACES =
            List.of("/engine-rest", "/engine-rest/engine/*", "/camunda/api/engine/engine/*");

    private final Standings standings;
    private final List<RoleRights> roles;
    private final List<PathRules.PathRule> opened;
    private final IdentityService identities;
    private final ObjectProvider<Denials> denials;
    private final String sessionCookie;

    WebSecurity(
            Standings standings,
            ObjectProvider<RightsTable> table,
            ObjectProvider<PathRules> rules,
            @Lazy IdentityService identities,
            ObjectProvider<Denials> denials,
            @Value("${server.servlet.session.cookie.name:JSESSIONID}") String sessionCookie) {
        this.standings = standings;
        this.roles = table.stream().flatMap(given -> given.roles().stream()).toList();
        this.opened =
                rules.orderedStream().flatMap(given -> given.paths().stream()).toList();
        this.identities = identities;
        this.denials = denials;
        this.sessionCookie = sessionCookie;
    }

    /** Whoever collects figures. */
    @Bean
    @Order(0)
    SecurityFilterChain signInOfCollectors(HttpSecurity http, FiguresToken figures) throws Exception {
        http.securityMatcher(new AndRequestMatcher(FIGURES, FiguresToken::comesWith))
                .authorizeHttpRequests(requests -> requests.anyRequest()
                        .access((who, asked) -> new AuthorizationDecision(figures.isBroughtBy(asked.getRequest()))))
                .exceptionHandling(refused -> refused.authenticationEntryPoint((request, response, why) -> {
                    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"Slipway\"");
                    response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
                }))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(csrf -> csrf.disable())
                .logout(logout -> logout.disable())
                .requestCache(cache -> cache.disable())
                .headers(WebSecurity::headers)
                .addFilterBefore(new DeniedRequests(denials), ExceptionTranslationFilter.class);
        return http.build();
    }

    /**
     * Programs. A request that carries a session is never one of them: it has to bring the token against forged requests. Nor is one
     * that a browser sends for another site.
     */
    @Bean
    @Order(1)
    SecurityFilterChain signInOfPrograms(HttpSecurity http) throws Exception {
        BasicRefusal refusal = new BasicRefusal();
        http.securityMatcher(new AndRequestMatcher(WITH_CREDENTIALS, this::comesWithCredentialsOnly))
                .authorizeHttpRequests(this::rules)
                .httpBasic(basic -> basic.authenticationEntryPoint(refusal))
                .exceptionHandling(
                        refused -> refused.authenticationEntryPoint(refusal).accessDeniedHandler(refusal()))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(csrf -> csrf.disable())
                .logout(logout -> logout.disable())
                .requestCache(cache -> cache.disable())
                .headers(WebSecurity::headers)
                .addFilterBefore(new DeniedRequests(denials), ExceptionTranslationFilter.class)
                .addFilterAfter(new EngineIdentityFilter(identities, standings), AuthorizationFilter.class);
        return http.build();
    }

    private boolean comesWithCredentialsOnly(HttpServletRequest request) {
        String credentials = request.getHeader(HttpHeaders.AUTHORIZATION);
        boolean basic =
                credentials != null && credentials.toLowerCase(Locale.ROOT).startsWith("basic ");
        Cookie[] cookies = request.getCookies();
        boolean session =
                cookies != null && Arrays.stream(cookies).anyMatch(cookie -> sessionCookie.equals(cookie.getName()));
        return basic && !session && !"cross-site".equals(request.getHeader("Sec-Fetch-Site"));
    }

    /** People. */
    @Bean
    @Order(2)
    SecurityFilterChain signInOfPeople(HttpSecurity http) throws Exception {
        RequestMatcher webAppSignOut = PATH.matcher(HttpMethod.POST, "/camunda/api/admin/auth/user/*/logout");
        http.authorizeHttpRequests(this::rules)
                .formLogin(form -> form.loginPage("/login")
                        .defaultSuccessUrl("/")
                        .failureHandler((request, response, refused) -> response.sendRedirect(request.getContextPath()
                                + (refused instanceof SignInThrottled ? "/login?throttled" : "/login?error"))))
                .logout(logout -> logout.logoutRequestMatcher(
                                new OrRequestMatcher(PATH.matcher(HttpMethod.POST, "/logout"), webAppSignOut))
                        .logoutSuccessUrl("/login?logout")
                        .defaultLogoutSuccessHandlerFor(
                                new HttpStatusReturningLogoutSuccessHandler(HttpStatus.NO_CONTENT), webAppSignOut)
                        .deleteCookies(sessionCookie))
                // The web applications bring their own protection with a cookie of the same name as Spring's would
                // have.
                .csrf(csrf -> csrf.csrfTokenRepository(new HttpSessionCsrfTokenRepository())
                        .ignoringRequestMatchers(PATH.matcher("/camunda/api/**"), PATH.matcher("/camunda/app/**")))
                .exceptionHandling(refused -> refused.authenticationEntryPoint(new AskToSignIn(PROGRAMS))
                        .accessDeniedHandler(refusal()))
                .requestCache(cache -> cache.requestCache(pagesOnly()))
                // Who signs in gets another row and not just another id: a request that read the old row and ends later
                // would write the old id into it.
                .sessionManagement(session -> session.sessionFixation(fixation -> fixation.migrateSession()))
                .headers(WebSecurity::headers)
                .addFilterBefore(new DeniedRequests(denials), ExceptionTranslationFilter.class)
                .addFilterAfter(new EngineIdentityFilter(identities, standings), AuthorizationFilter.class);
        return http.build();
    }

    /**
     * A sign-in page that stood open too long is shown again instead of an error; a program that forgot its credentials hears that they
     * are missing, and not something about a session that it never had.
     */
    private AccessDeniedHandler refusal() {
        AccessDeniedHandler usual = new AccessDeniedHandlerImpl();
        AuthenticationEntryPoint credentialsAreMissing = new AskToSignIn(PROGRAMS);
        RequestMatcher signingIn = PATH.matcher(HttpMethod.POST, "/login");
        return (request, response, refused) -> {
            if (signingIn.matches(request)) {
                response.sendRedirect(request.getContextPath() + "/login?expired");
            } else if (INTERFACES.matches(request) && bringsNothing(request)) {
                credentialsAreMissing.commence(
                        request, response, new InsufficientAuthenticationException("No credentials came", refused));
            } else if (refused instanceof AuthorizationDeniedException && !known(request)) {
                response.sendError(HttpServletResponse.SC_NOT_FOUND);
            } else {
                usual.handle(request, response, refused);
            }
        };
    }

    /** Whether somebody may come to this address; what nobody opened is refused as if it were not there. */
    private boolean known(HttpServletRequest request) {
        return CLOSED.matches(request)
                || opened.stream().anyMatch(rule -> PATH.matcher(rule.pattern()).matches(request));
    }

    private static boolean bringsNothing(HttpServletRequest request) {
        return request.getHeader(HttpHeaders.AUTHORIZATION) == null && request.getRequestedSessionId() == null;
    }

    /** After signing in people come to the page that they had asked for, never to a file or an answer for a script. */
    private static HttpSessionRequestCache pagesOnly() {
        HttpSessionRequestCache cache = new HttpSessionRequestCache();
        cache.setMatchingRequestParameterName(null);
        cache.setRequestMatcher(request -> "GET".equals(request.getMethod())
                && request.getHeader("HX-Request") == null
                && String.valueOf(request.getHeader(HttpHeaders.ACCEPT)).contains("text/html")
                && !PROGRAMS.matches(request));
        return cache;
    }

    private static void headers(HeadersConfigurer<HttpSecurity> headers) {
        headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
                .referrerPolicy(policy ->
                        policy.policy(ReferrerPolicyHeaderWriter.ReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN))
                .permissionsPolicyHeader(policy -> policy.policy(PERMISSIONS_POLICY))
                .contentTypeOptions(Customizer.withDefaults())
                .frameOptions(frames -> frames.deny());
    }

    private void rules(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests) {
        requests.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD)
                .permitAll();
        requests.requestMatchers(HttpMethod.GET, STATIC_FILES).permitAll();
        requests.requestMatchers(HttpMethod.HEAD, STATIC_FILES).permitAll();
        requests.requestMatchers(HttpMethod.GET, HEALTH).permitAll();
        requests.requestMatchers(HttpMethod.GET, "/login").permitAll();

        // Camunda's own ways in: the first administrator that anybody could become, and password checks past our
        // throttle.
        requests.requestMatchers(
                        "/camunda/api/admin/setup/**",
                        "/camunda/app/admin/*/setup/**",
                        "/camunda/api/admin/auth/user/*/login/**")
                .denyAll();
        // Behind the pages of a web application lies an interface of its own, which Camunda guards for the pages only.
        requests.requestMatchers("/camunda/api/cockpit/**")
                .access(RoleAccess.when(standings, groups -> holds(groups, Right.COCKPIT)));
        requests.requestMatchers("/camunda/api/tasklist/**")
                .access(RoleAccess.when(standings, groups -> holds(groups, Right.TASKLIST)));
        requests.requestMatchers("/camunda/api/admin/plugin/**")
                .access(RoleAccess.when(standings, groups -> holds(groups, Right.MANAGE_IDENTITIES)));
        for (String engine : ENGINE_INTERFACES) {
            requests.requestMatchers(engine + "/identity/verify").denyAll();
            // Who one has to do with has a name; the list of all people is for those who look after accounts.
            requests.requestMatchers(engine + "/user/*/profile", engine + "/user/*/credentials")
                    .access(RoleAccess.when(standings, this::anyRole));
            requests.requestMatchers(engine + "/user", engine + "/user/**", engine + "/identity/groups")
                    .access(RoleAccess.when(standings, groups -> holds(groups, Right.MANAGE_IDENTITIES)));
        }
        requests.requestMatchers("/", "/engine-rest", "/engine-rest/**", "/camunda", "/camunda/**")
                .access(RoleAccess.when(standings, this::anyRole));
        for (PathRules.PathRule rule : opened) {
            requests.requestMatchers(rule.pattern()).access(RoleAccess.when(standings, holdsOne(rule.roles())));
        }
        requests.anyRequest().denyAll();
    }

    private Stream<RoleRights> held(List<String> groups) {
        return roles.stream().filter(role -> groups.stream().anyMatch(role::heldBy));
    }

    private boolean anyRole(List<String> groups) {
        return held(groups).findAny().isPresent();
    }

    private boolean holds(List<String> groups, Right right) {
        return held(groups).anyMatch(role -> role.rights().contains(right));
    }

    private Predicate<List<String>> holdsOne(Set<String> named) {
        return groups -> held(groups).anyMatch(role -> named.contains(role.group()));
    }

    /** Before everything else: the container chooses servlets by the address as it was meant, and filters read it as it was written. */
    @Bean
    FilterRegistrationBean<PlainAddresses> plainAddresses() {
        FilterRegistrationBean<PlainAddresses> registration = new FilterRegistrationBean<>(new PlainAddresses());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        registration.setDispatcherTypes(DispatcherType.REQUEST);
        return registration;
    }

    /** In front of the web applications' own check of the token, which keeps what is there. */
    @Bean
    FilterRegistrationBean<WebAppToken> webAppToken(@Value("${slipway.https}") boolean https) {
        FilterRegistrationBean<WebAppToken> registration = new FilterRegistrationBean<>(new WebAppToken(https));
        registration.addUrlPatterns("/camunda/app/*", "/camunda/api/*");
        registration.setOrder(SecurityProperties.DEFAULT_FILTER_ORDER + 1);
        registration.setDispatcherTypes(DispatcherType.REQUEST);
        return registration;
    }

    /** In front of all filters of the web applications. */
    @Bean
    FilterRegistrationBean<NonceOfRequest> nonceOfRequest() {
        FilterRegistrationBean<NonceOfRequest> registration = new FilterRegistrationBean<>(new NonceOfRequest());
        registration.addUrlPatterns("/camunda/app/*", "/camunda/api/*");
        registration.setOrder(SecurityProperties.DEFAULT_FILTER_ORDER + 1);
        registration.setDispatcherTypes(DispatcherType.REQUEST);
        return registration;
    }

    /** One sign-in for all: Tasklist, Cockpit and Admin take over who has signed in here. */
    @Bean
    FilterRegistrationBean<ContainerBasedAuthenticationFilter> webAppSignIn() {
        FilterRegistrationBean<ContainerBasedAuthenticationFilter> registration =
                new FilterRegistrationBean<>(new ContainerBasedAuthenticationFilter());
        registration.setName("webAppSignIn");
        registration.addInitParameter("authentication-provider", WebAppSignIn.class.getName());
        registration.addUrlPatterns("/camunda/app/*", "/camunda/api/*");
        registration.setOrder(SecurityProperties.DEFAULT_FILTER_ORDER + 2);
        registration.setDispatcherTypes(DispatcherType.REQUEST);
        return registration;
    }
}
