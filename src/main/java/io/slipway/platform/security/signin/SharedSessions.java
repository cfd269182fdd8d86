package io.slipway.platform.security.signin;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.session.DefaultCookieSerializerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.ConfigurableObjectInputStream;
import org.springframework.core.convert.support.GenericConversionService;
import org.springframework.core.serializer.support.SerializingConverter;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.jdbc.MySqlJdbcIndexedSessionRepositoryCustomizer;

/**
 * Sessions lie in the database, on one node as on several. A page and what it loads come in at once, and two of these requests may give
 * the session the same attribute: the later one counts, where a plain insert would fail.
 */
@Configuration(proxyBeanMethods = false)
class SharedSessions {

    private static final Logger LOG = LoggerFactory.getLogger(SharedSessions.class);

    private static final String ON_H2 = """
            merge into %TABLE_NAME%_ATTRIBUTES (SESSION_PRIMARY_ID, ATTRIBUTE_NAME, ATTRIBUTE_BYTES)
            key (SESSION_PRIMARY_ID, ATTRIBUTE_NAME) values (?, ?, ?)
            """;

    /** Who has signed in, what was asked for before, what the next page says, and what the web applications know. */
    private static final ObjectInputFilter STORED =
            ObjectInputFilter.Config.createFilter("maxdepth=50;maxrefs=20000;maxbytes=2000000;java.lang.*;java.util.*;"
                    + "java.util.concurrent.*;java.time.*;org.springframework.security.**;org.springframework.util.*;"
                    + "org.springframework.web.servlet.*;org.camunda.bpm.webapp.impl.security.auth.*;io.slipway.**;!*");

    @Bean
    SessionRepositoryCustomizer<JdbcIndexedSessionRepository> attributesWrittenAtOnce(
            @Value("${spring.datasource.url}") String url) {
        return url.startsWith("jdbc:h2:")
                ? repository -> repository.setCreateSessionAttributeQuery(ON_H2)
                : new MySqlJdbcIndexedSessionRepositoryCustomizer();
    }

    /**
     * What was stored by another version, and cannot be read by this one, is not there: whoever had signed in signs in again, and gets no
     * error on each page until the session ends.
     */
    @Bean
    SessionRepositoryCustomizer<JdbcIndexedSessionRepository> whatCannotBeReadIsNotThere() {
        GenericConversionService conversions = new GenericConversionService();
        conversions.addConverter(Object.class, byte[].class, new SerializingConverter());
        conversions.addConverter(byte[].class, Object.class, SharedSessions::read);
        return repository -> repository.setConversionService(conversions);
    }

    private static @Nullable Object read(byte[] stored) {
        try (ObjectInputStream in = new ConfigurableObjectInputStream(
                new ByteArrayInputStream(stored), SharedSessions.class.getClassLoader())) {
            in.setObjectInputFilter(STORED);
            return in.readObject();
        } catch (IOException | ClassNotFoundException | RuntimeException unreadable) {
            LOG.warn("Something in a session cannot be read and counts as missing: {}", unreadable.toString());
            return null;
        }
    }

    /** Over TLS cookies are sent by TLS alone, whether this program sees it or is told. */
    @Bean
    DefaultCookieSerializerCustomizer cookiesByTlsAlone(@Value("${slipway.https}") boolean https) {
        return cookies -> {
            if (https) {
                cookies.setUseSecureCookie(true);
            }
        };
    }
}
