package io.slipway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.slipway.platform.process.UserTaskHandler;
import jakarta.persistence.Entity;
import java.time.Clock;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.repository.Repository;

@AnalyzeClasses(packages = "io.slipway", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule ENGINE_INTERNALS_STAY_IN_ONE_PLACE = noClasses()
            .that()
            .resideOutsideOfPackages("io.slipway.platform.process..", "io.slipway.platform.security..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.camunda.bpm.engine.impl..")
            .because("leaving this engine for its successor must touch one package");

    @ArchTest
    static final ArchRule DELEGATES_ONLY_TRANSLATE = noClasses()
            .that()
            .implement(JavaDelegate.class)
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Repository.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.net.http..", "org.apache.http..", "org.camunda.connect..", "org.springframework.jdbc..")
            .because(
                    "a delegate reads variables, calls one service and writes results; rules and effects have services of their own");

    @ArchTest
    static final ArchRule DELEGATES_ARE_FOUND_BY_THEIR_NAME = classes()
            .that()
            .implement(JavaDelegate.class)
            .should()
            .haveSimpleNameEndingWith("Delegate")
            .andShould()
            // What a module offers to the models of others stands in its named interface.
            .resideInAnyPackage("..process..", "io.slipway.governance.changes..")
            .because("a newcomer finds the code for a step of a diagram within a minute");

    @ArchTest
    static final ArchRule HANDLERS_ARE_FOUND_BY_THEIR_NAME = classes()
            .that()
            .implement(UserTaskHandler.class)
            .should()
            .haveSimpleNameEndingWith("Task")
            .andShould()
            .resideInAPackage("..process..")
            .because("a newcomer finds the code for a task of a diagram within a minute");

    @ArchTest
    static final ArchRule ENTITIES_HAVE_BEHAVIOUR_AND_NO_SETTERS = methods()
            .that()
            .areDeclaredInClassesThat()
            .areAnnotatedWith(Entity.class)
            .should()
            .haveNameNotMatching("set[A-Z].*")
            .because("a record changes by what happens to it, not field by field");

    @ArchTest
    static final ArchRule NOTHING_IS_INJECTED_INTO_FIELDS = noFields()
            .should()
            .beAnnotatedWith(Autowired.class)
            .because("what a class needs stands in its constructor");

    @ArchTest
    static final ArchRule DELEGATES_KEEP_NO_STATE = fields().that()
            .areDeclaredInClassesThat()
            .implement(JavaDelegate.class)
            .should()
            .beFinal()
            .because("one delegate serves all releases at the same time");

    @ArchTest
    static final ArchRule THE_AGENT_STANDS_ALONE = noClasses()
            .that()
            .resideInAPackage("io.slipway.agent..")
            .and()
            .doNotHaveSimpleName("package-info")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "org.camunda..", "jakarta.persistence..")
            .because("the agent starts without Spring, engine and database, and lives when they die");

    @ArchTest
    static final ArchRule THE_PLATFORM_KNOWS_NO_BUSINESS = noClasses()
            .that()
            .resideInAPackage("io.slipway.platform..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.slipway.release..",
                    "io.slipway.scope..",
                    "io.slipway.schedule..",
                    "io.slipway.packaging..",
                    "io.slipway.quality..",
                    "io.slipway.deployment..",
                    "io.slipway.validation..",
                    "io.slipway.governance..",
                    "io.slipway.integration..")
            .because("technique outlives the business that uses it");
}
