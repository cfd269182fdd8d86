package io.slipway.demo;

import io.slipway.agent.AgentProcess;
import java.util.stream.Collectors;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Sets the stage after the start, and tells whoever started the demo where everything is. */
@Component
@Profile("demo")
@Order(1)
class DemoGuide implements ApplicationRunner {

    private final DemoStage stage;
    private final SamplePeople people;
    private final Environment environment;

    DemoGuide(DemoStage stage, SamplePeople people, Environment environment) {
        this.stage = stage;
        this.people = people;
        this.environment = environment;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        AgentProcess.Running agent = stage.open();
        BuiltSample good = stage.build("2.4.0");
        BuiltSample broken = stage.build("2.5.0");
        System.out.println("""

                The demo of Slipway is ready.
                  Pages         %s
                  Sign in as    %s
                                with the password %s; the sign-in page lists everybody
                  Sample        %s in production, served by the agent (process %d), which outlives Slipway
                  By hand       the files for releases 2.4.0 and 2.5.0 of the storefront lie in
                                %s
                                %s
                  By itself     start with --slipway.demo.autopilot=true
                  Stop agent    mvn spring-boot:run -Dspring-boot.run.arguments="agent --stop --services --data=%s"
                """.formatted(
                        environment.getProperty("slipway.base-url"),
                        people.all().stream()
                                .limit(5)
                                .map(SamplePeople.SamplePerson::login)
                                .collect(Collectors.joining(", ")),
                        SamplePeople.PASSWORD,
                        stage.address(SampleLandscape.PRODUCTION),
                        agent.pid(),
                        good.jar().getParent(),
                        broken.jar().getParent(),
                        stage.agentDirectory()));
    }
}
