package io.slipway.demo.autopilot;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Starts the autopilot when it is asked for, beside the running program, and prints its lines and its summary. */
@Component
@Profile("demo")
@ConditionalOnProperty(name = "slipway.demo.autopilot", havingValue = "true")
@Order(2)
class AutopilotStart implements ApplicationRunner {

    private final Autopilot autopilot;
    private final ApplicationContext context;
    private final boolean exit;

    AutopilotStart(
            Autopilot autopilot,
            ApplicationContext context,
            @Value("${slipway.demo.autopilot.exit:false}") boolean exit) {
        this.autopilot = autopilot;
        this.context = context;
        this.exit = exit;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        new Thread(this::play, "autopilot").start();
    }

    private void play() {
        int code = carry();
        if (exit) {
            System.exit(SpringApplication.exit(context, () -> code));
        }
    }

    private int carry() {
        if (autopilot.isOver()) {
            System.out.println(
                    "The autopilot has released 2.4.0 and 2.5.0 in this data directory before, and a version is"
                            + " released once; stop Slipway and its agent, delete the data directory, and start again.");
        }
        try {
            Summary summary = autopilot.run(System.out::println);
            System.out.println();
            System.out.println(summary.table());
            System.out.println();
            return summary.asTold() ? 0 : 1;
        } catch (AutopilotStopped stopped) {
            System.out.println("The autopilot stopped: " + stopped.getMessage());
            return 1;
        }
    }
}
