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
        String builds = SampleRelease.VERSIONS.stream()
                .filter(version -> !version.equals(DemoStage.BASELINE))
                .map(version -> String.valueOf(stage.build(version).jar().getParent()))
                .collect(Collectors.joining("\n                                "));
        System.out.println("""

                The demo of Slipway is ready.
                  Pages         %s
                  Sign in as    %s
                                with the password %s; the sign-in page lists everybody
                  Sample        %s in production, served by the agent (process %d), which outlives Slipway
                  By hand       the files for releases of the storefront lie in
                                %s
                  By itself     start with --slipway.demo.autopilot=true
                  Stop agent    mvn spring-boot:run -Dspring-boot.run.arguments="agent --stop --services --data=%s"
                                before the data directory is deleted, or the sample goes on running
                """.formatted(
                        environment.getProperty("slipway.base-url"),
                        people.all().stream()
                                .limit(5)
                                .map(SamplePeople.SamplePerson::login)
                                .collect(Collectors.joining(", ")),
                        SamplePeople.PASSWORD,
                        stage.address(SampleLandscape.PRODUCTION),
                        agent.pid(),
                        builds,
                        stage.agentDirectory()));
    }
}
