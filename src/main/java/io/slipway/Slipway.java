package io.slipway;

import io.slipway.agent.Agent;
import io.slipway.backup.BackupCommand;
import io.slipway.platform.data.Migrator;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Entry point of every command; the first argument names the command, and without one the server runs. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class Slipway {

    /** Starts the named command; what stands before its name is for Spring alone, as a build tool puts the profile there. */
    public static void main(String[] args) {
        int named = IntStream.range(0, args.length)
                .filter(i -> !args[i].startsWith("--"))
                .findFirst()
                .orElse(-1);
        String command = named < 0 ? "run" : args[named];
        String[] rest = Arrays.copyOfRange(args, named + 1, args.length);
        switch (command) {
            case "run" -> SpringApplication.run(Slipway.class, named < 0 ? args : withoutName(args, named));
            case "agent" -> System.exit(Agent.run(rest));
            case "migrate" -> System.exit(Migrator.run(rest));
            case "backup", "restore", "verify" -> System.exit(BackupCommand.run(command, rest));
            default -> {
                System.err.println(
                        "Unknown command '" + command + "'; there are: run, agent, migrate, backup, restore, verify");
                System.exit(2);
            }
        }
    }

    private static String[] withoutName(String[] args, int named) {
        return IntStream.range(0, args.length)
                .filter(i -> i != named)
                .mapToObj(i -> args[i])
                .toArray(String[]::new);
    }
}
