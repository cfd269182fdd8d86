package io.slipway.platform.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.SpringFactoriesLoader;

/** What is told to whoever starts the program on a server that does not take it; with the settings of the profile mysql. */
class DatabaseRefusedAnalyzerTest {

    private static final String SECRET = "not-to-be-told";

    private final StandardEnvironment environment = new StandardEnvironment();
    private final Map<String, Object> given = new HashMap<>();

    @BeforeEach
    void theProfileIsMysql() throws IOException {
        environment
                .getPropertySources()
                .forEach(source -> environment.getPropertySources().remove(source.getName()));
        environment.getPropertySources().addFirst(new MapPropertySource("given", given));
        new YamlPropertySourceLoader()
                .load("mysql", new ClassPathResource("application-mysql.yaml"))
                .forEach(environment.getPropertySources()::addLast);
    }

    @Test
    void aMissingPasswordIsRefusedBeforeAServerIsAskedAndNamesItsVariable() {
        assertThatThrownBy(() -> start("dataSource", "flyway")).satisfies(refused -> {
            FailureAnalysis told = told((Exception) refused);
            assertThat(told.getDescription())
                    .isEqualTo(
                            "There is no password for the account 'slipway' of the database:"
                                    + " spring.datasource.password needs the variable SLIPWAY_DATABASE_PASSWORD, which is not set.");
            assertThat(told.getAction())
                    .isEqualTo("Give the program the environment variable SLIPWAY_DATABASE_PASSWORD.");
        });
        given.put("SLIPWAY_DATABASE_PASSWORD", SECRET);
        assertThatThrownBy(() -> start("dataSource", "flyway"))
                .hasMessage("There is no password for the account 'slipway_migrator' of the database:"
                        + " spring.flyway.password needs the variable SLIPWAY_MIGRATOR_PASSWORD, which is not set.");

        // A node that does not migrate needs no owner, and whoever migrates needs nobody else.
        assertThatCode(() -> start("dataSource")).doesNotThrowAnyException();
        given.clear();
        given.put("SLIPWAY_MIGRATOR_PASSWORD", SECRET);
        assertThatCode(() -> start("flyway")).doesNotThrowAnyException();
    }

    private void start(String... beans) {
        DefaultListableBeanFactory factory = new DefaultListableBeanFactory();
        for (String bean : beans) {
            factory.registerBeanDefinition(bean, new RootBeanDefinition(Object.class));
        }
        DatabaseAccounts accounts = new DatabaseAccounts();
        accounts.setEnvironment(environment);
        accounts.postProcessBeanFactory(factory);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(
                        new SQLException(
                                "Access denied for user 'slipway_migrator'@'10.0.0.7' (using password: YES)",
                                "28000",
                                1045),
                        "The server at localhost:3306 refuses the account 'slipway_migrator' with the password that it was given.",
                        "SLIPWAY_MIGRATOR_PASSWORD (spring.flyway.password)"),
                Arguments.of(
                        new SQLException(
                                "Access denied for user 'slipway'@'10.0.0.7' (using password: NO)", "28000", 1045),
                        "The server at localhost:3306 refuses the account 'slipway' with the password that it was given.",
                        "SLIPWAY_DATABASE_PASSWORD (spring.datasource.password)"),
                Arguments.of(
                        new SQLException(
                                "Access denied for user 'slipway_migrator'@'%' to database 'slipway'", "42000", 1044),
                        "The account 'slipway_migrator' may not use the schema 'slipway' at localhost:3306,"
                                + " or there is no such schema.",
                        "slipway.mysql.schema"),
                Arguments.of(
                        new SQLException("Unknown database 'slipway'", "42000", 1049),
                        "There is no schema 'slipway' at localhost:3306.",
                        "slipway.mysql.schema"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatTheServerRefusesIsToldWithTheSettingThatMendsIt(SQLException refused, String description, String setting) {
        given.put("SLIPWAY_DATABASE_PASSWORD", SECRET);
        given.put("SLIPWAY_MIGRATOR_PASSWORD", SECRET);

        FailureAnalysis told = told(refused);

        assertThat(told.getDescription()).isEqualTo(description);
        assertThat(told.getAction()).contains(setting).doesNotContain(SECRET);
    }

    @Test
    void aServerThatDoesNotAnswerIsToldWithItsAddress() throws IOException {
        int nobody;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = free.getLocalPort();
        }
        given.put("slipway.mysql.host", "127.0.0.1");
        given.put("slipway.mysql.port", nobody);

        assertThatThrownBy(() -> DriverManager.getConnection(
                        environment.getRequiredProperty("spring.datasource.url"), "slipway", SECRET))
                .isInstanceOfSatisfying(SQLException.class, refused -> {
                    FailureAnalysis told = told(refused);
                    assertThat(told.getDescription())
                            .isEqualTo("No database server answers at 127.0.0.1:" + nobody + ".");
                    assertThat(told.getAction())
                            .contains("slipway.mysql.host", "slipway.mysql.port")
                            .doesNotContain(SECRET);
                });
    }

    @Test
    void otherFailuresAndOtherDatabasesAreLeftToOthers() {
        assertThat(analyzed(new SQLException("Table 'x' doesn't exist", "42S02", 1146)))
                .isNull();
        given.put("spring.datasource.url", "jdbc:h2:mem:other");
        assertThat(analyzed(new SQLException("gone", "08006", 90067))).isNull();
    }

    private FailureAnalysis told(Exception failure) {
        FailureAnalysis told = analyzed(new BeanCreationException("flyway", "could not be made", failure));
        if (told == null) {
            throw new AssertionError("Nothing is told of " + failure);
        }
        return told;
    }

    /** As Spring finds and makes it. */
    private @Nullable FailureAnalysis analyzed(Throwable failure) {
        return SpringFactoriesLoader.forDefaultResourceLocation()
                .load(
                        FailureAnalyzer.class,
                        SpringFactoriesLoader.ArgumentResolver.of(Environment.class, environment),
                        (type, name, problem) -> {
                            // Those of Spring want more.
                        })
                .stream()
                .filter(DatabaseRefusedAnalyzer.class::isInstance)
                .findFirst()
                .orElseThrow()
                .analyze(failure);
    }
}
