package io.slipway.platform.security.signin;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.jdbc.MySqlJdbcIndexedSessionRepositoryCustomizer;

/**
 * Sessions lie in the database, on one node as on several. A page and what it loads come in at once, and two of these requests may give
 * the session the same attribute: the later one counts, where a plain insert would fail.
 */
@Configuration(proxyBeanMethods = false)
class SharedSessions {

    private static final String ON_H2 = """
            merge into %TABLE_NAME%_ATTRIBUTES (SESSION_PRIMARY_ID, ATTRIBUTE_NAME, ATTRIBUTE_BYTES)
            key (SESSION_PRIMARY_ID, ATTRIBUTE_NAME) values (?, ?, ?)
            """;

    @Bean
    SessionRepositoryCustomizer<JdbcIndexedSessionRepository> attributesWrittenAtOnce(
            @Value("${spring.datasource.url}") String url) {
        return url.startsWith("jdbc:h2:")
                ? repository -> repository.setCreateSessionAttributeQuery(ON_H2)
                : new MySqlJdbcIndexedSessionRepositoryCustomizer();
    }
}
