package io.slipway.backup;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The commands {@code slipway backup}, {@code restore} and {@code verify}. */
public final class BackupCommand {

    private static final String USAGE = """
            Usage: slipway backup --to=DIR [--dump=PROGRAM]
                   slipway restore --from=DIR
                   slipway verify

              --to=DIR        an empty directory, or one that holds nothing but the database.sql of mysqldump
              --dump=PROGRAM  mysqldump with what comes before its own options (default mysqldump)
              --from=DIR      a backup; database and artifact store must be empty

            Everything else is a setting of the program, which says where database, store and keys are.
            """;

    /** Gives the settings of the program and nothing of it. */
    static class Nothing {}

    /** What a command does once its arguments were understood. */
    @FunctionalInterface
    private interface Task {

        /** Returns the number of faults. */
        int faults(Place place) throws IOException, SQLException;
    }

    private BackupCommand() {}

    /**
     * Runs a command until it ends.
     *
     * @param command its name
     * @param arguments what follows the name
     * @return the exit code: 0 done and whole, 1 refused, failed or at fault, 2 wrong usage
     */
    public static int run(String command, String... arguments) {
        PrintStream errors = System.err;
        Task task;
        try {
            task = task(command, arguments);
        } catch (IllegalArgumentException wrong) {
            errors.println(wrong.getMessage());
            errors.println(USAGE);
            return 2;
        }
        try (ConfigurableApplicationContext settings = new SpringApplicationBuilder(Nothing.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .run(arguments)) {
            return task.faults(Place.of(settings.getEnvironment())) == 0 ? 0 : 1;
        } catch (IOException | UncheckedIOException | SQLException failure) {
            errors.println("slipway " + command + ": " + failure.getMessage());
            return 1;
        }
    }

    private static Task task(String command, String... arguments) {
        return switch (command) {
            case "backup" -> {
                Backup backup = new Backup(Path.of(value(arguments, "--to=", "")));
                List<String> dump = words(value(arguments, "--dump=", "mysqldump"));
                yield place -> backup.write(place, dump, System.out::println);
            }
            case "restore" -> {
                Backup backup = new Backup(Path.of(value(arguments, "--from=", "")));
                yield place -> backup.restore(place, arguments, System.out::println);
            }
            case "verify" -> place -> new Verification(place).faults(null, System.out::println);
            default -> throw new IllegalArgumentException("There is no command " + command);
        };
    }

    private static String value(String[] arguments, String name, String usual) {
        String value = Arrays.stream(arguments)
                .filter(argument -> argument.startsWith(name))
                .map(argument -> argument.substring(name.length()))
                .findFirst()
                .orElse(usual);
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + " needs a value");
        }
        return value;
    }

    private static List<String> words(String program) {
        return List.of(program.strip().split(" +"));
    }
}
