package io.slipway;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Entry point of every command; the first argument names the command, and without one the server runs. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class Slipway {

    /** Starts the named command. */
    public static void main(String[] args) {
        SpringApplication.run(Slipway.class, args);
    }
}
