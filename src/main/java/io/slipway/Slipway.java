package io.slipway;

import io.slipway.agent.Agent;
import java.util.Arrays;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Entry point of every command; the first argument names the command, and without one the server runs. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class Slipway {

    /** Starts the named command. */
    public static void main(String[] args) {
        boolean named = args.length > 0 && !args[0].startsWith("--");
        String command = named ? args[0] : "run";
        String[] rest = named ? Arrays.copyOfRange(args, 1, args.length) : args;
        switch (command) {
            case "run" -> SpringApplication.run(Slipway.class, rest);
            case "agent" -> System.exit(Agent.run(rest));
            default -> {
                System.err.println("Unknown command '" + command + "'; there are: run, agent");
                System.exit(2);
            }
        }
    }
}
