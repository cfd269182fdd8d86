package io.slipway.platform.web;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.slipway.platform.time.Moments;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.json.MappingJackson2HttpMessageConverter;
import org.springframework.http.converter.xml.MappingJackson2XmlHttpMessageConverter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.util.WebUtils;

/** Gives every page its frame and the times of its reader, and every controller the reader. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {

    /** Written by the pages' script; holds the name of the browser's zone and nothing else. */
    private static final String ZONE_COOKIE = "zone";

    private final Viewers viewers;
    private final ObjectProvider<Navigation> navigation;
    private final ObjectProvider<Zones> zones;
    private final EngineLinks links;
    private final ZoneId house;
    private final Clock clock;

    WebConfiguration(
            Viewers viewers,
            ObjectProvider<Navigation> navigation,
            ObjectProvider<Zones> zones,
            EngineLinks links,
            @Value("${slipway.zone:UTC}") ZoneId house,
            Clock clock) {
        this.viewers = viewers;
        this.navigation = navigation;
        this.zones = zones;
        this.links = links;
        this.house = house;
        this.clock = clock;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new HandlerInterceptor() {
            @Override
            public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
                frame(request);
                return true;
            }
        });
    }

    /** What a body brings is read whole or refused: a name that is not known is no slip to pass over. */
    @Override
    public void extendMessageConverters(List<HttpMessageConverter<?>> converters) {
        // A library of another purpose brings XML along; our interface speaks JSON alone.
        converters.removeIf(MappingJackson2XmlHttpMessageConverter.class::isInstance);
        converters.stream()
                .filter(MappingJackson2HttpMessageConverter.class::isInstance)
                .map(MappingJackson2HttpMessageConverter.class::cast)
                .forEach(converter -> converter.setObjectMapper(converter
                        .getObjectMapper()
                        .copy()
                        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .registerModule(new SimpleModule().addDeserializer(String.class, new TypedText()))));
    }

    /** Request attributes and not the model, because they are there for error pages too. */
    private void frame(HttpServletRequest request) {
        List<Navigation> parts = navigation.orderedStream().toList();
        request.setAttribute("shell", new Shell(request, viewers, parts));
        request.setAttribute("links", links);
        request.setAttribute("house", Moments.name(house));
        request.setAttribute("times", new ReaderTimes(() -> ofReader(request), () -> ofSite(request), clock.instant()));
    }

    /** The zone of the browser; where it names none the one that the person chose, or that of the house. */
    private ZoneId ofReader(HttpServletRequest request) {
        Cookie cookie = WebUtils.getCookie(request, ZONE_COOKIE);
        return ReaderTimes.zone(cookie == null ? null : cookie.getValue().replace("%2F", "/"))
                .or(() -> viewers.zoneOf(request))
                .orElse(house);
    }

    private Optional<ZoneId> ofSite(HttpServletRequest request) {
        return zones.orderedStream()
                .flatMap(known -> known.ofSite(request).stream())
                .findFirst();
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new HandlerMethodArgumentResolver() {
            @Override
            public boolean supportsParameter(MethodParameter parameter) {
                return parameter.getParameterType() == Viewer.class;
            }

            @Override
            public Object resolveArgument(
                    MethodParameter parameter,
                    @Nullable ModelAndViewContainer container,
                    NativeWebRequest request,
                    @Nullable WebDataBinderFactory binders) {
                HttpServletRequest servlet = request.getNativeRequest(HttpServletRequest.class);
                if (servlet == null) {
                    throw new IllegalStateException("Readers are known for servlet requests only");
                }
                return viewers.of(servlet)
                        .orElseThrow(() -> new IllegalStateException("A page is only shown to a signed-in person"));
            }
        });
    }
}
