package io.slipway.platform.data;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/**
 * The command {@code slipway migrate}: brings the schema to what this version of the program needs, gives the application's account its
 * rights, and ends. It needs the owner's account alone, so that the nodes need not know it.
 */
public final class Migrator {

    /** What takes part; no component, or the whole program would find it. */
    @ImportAutoConfiguration(FlywayAutoConfiguration.class)
    @Import({DatabaseAccounts.class, EngineSchema.class, Grants.class})
    static class Program {}

    private Migrator() {}

    /**
     * Migrates and ends.
     *
     * @param arguments settings as Spring reads them, such as {@code --slipway.mysql.host=db}
     * @return the exit code: 0 done; what fails is thrown
     */
    public static int run(String... arguments) {
        try (ConfigurableApplicationContext migrated = new SpringApplicationBuilder(Program.class)
                .web(WebApplicationType.NONE)
                .properties("spring.flyway.url=${spring.datasource.url}")
                .run(arguments)) {
            return migrated.isActive() ? 0 : 1;
        }
    }
}
