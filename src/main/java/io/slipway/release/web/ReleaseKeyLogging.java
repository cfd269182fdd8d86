package io.slipway.release.web;

import io.slipway.platform.process.BusinessKeyLogging;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Lets the log tell of which release a request is about: the one in its address. */
@Configuration(proxyBeanMethods = false)
class ReleaseKeyLogging implements WebMvcConfigurer {

    private static final String TOLD = ReleaseKeyLogging.class.getName();

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new HandlerInterceptor() {
                    @Override
                    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
                        if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
                                        instanceof Map<?, ?> variables
                                && variables.get("key") instanceof String key) {
                            request.setAttribute(TOLD, BusinessKeyLogging.tell(key));
                        }
                        return true;
                    }

                    @Override
                    public void afterCompletion(
                            HttpServletRequest request,
                            HttpServletResponse response,
                            Object handler,
                            @Nullable Exception failure) {
                        if (request.getAttribute(TOLD) instanceof BusinessKeyLogging.Told told) {
                            told.close();
                        }
                    }
                })
                .addPathPatterns("/releases/**", "/api/v1/releases/**");
    }
}
