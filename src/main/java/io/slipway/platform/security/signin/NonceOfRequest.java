package io.slipway.platform.security.signin;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps for each request the nonce that Tasklist, Cockpit and Admin name in their header and write into their page. They keep it with the
 * whole program, so that a request that comes in between leaves a page with scripts that its header forbids.
 */
class NonceOfRequest extends OncePerRequestFilter {

    /** Where the web applications keep it. */
    private static final String ATTRIBUTE = "org.camunda.bpm.csp.nonce";

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(new WithOwnNonce(request), response);
    }

    private static final class WithOwnNonce extends HttpServletRequestWrapper {

        private final ServletContext context;

        WithOwnNonce(HttpServletRequest request) {
            super(request);
            ServletContext shared = request.getServletContext();
            context = (ServletContext) Proxy.newProxyInstance(
                    NonceOfRequest.class.getClassLoader(),
                    new Class<?>[] {ServletContext.class},
                    (proxy, method, arguments) -> call(request, shared, method, arguments));
        }

        private static @Nullable Object call(
                HttpServletRequest request,
                ServletContext shared,
                Method method,
                @Nullable Object @Nullable [] arguments)
                throws Throwable {
            if (arguments != null && ATTRIBUTE.equals(arguments[0])) {
                switch (method.getName()) {
                    case "getAttribute" -> {
                        return request.getAttribute(ATTRIBUTE);
                    }
                    case "setAttribute" -> {
                        request.setAttribute(ATTRIBUTE, arguments[1]);
                        return null;
                    }
                    default -> {
                        // Everything else is the program's.
                    }
                }
            }
            try {
                return method.invoke(shared, arguments);
            } catch (InvocationTargetException e) {
                throw e.getTargetException();
            }
        }

        @Override
        public ServletContext getServletContext() {
            return context;
        }
    }
}
