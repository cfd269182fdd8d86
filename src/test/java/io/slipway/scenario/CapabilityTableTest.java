package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every capability has a test that exercises the running application, and the switch knows what does its work. */
class CapabilityTableTest {

    private static final Set<String> FIRST_DAY = Set.of("10.1", "10.3", "10.4");

    private static Set<String> wanted() {
        Set<String> ids = new TreeSet<>(FIRST_DAY);
        IntStream.rangeClosed(1, 8)
                .forEach(chapter -> IntStream.rangeClosed(1, 6).forEach(number -> ids.add(chapter + "." + number)));
        return ids;
    }

    @Test
    void theTableNamesEveryCapabilityAndClassesThatExist() {
        assertThat(CapabilitySwitch.services().keySet()).containsExactlyInAnyOrderElementsOf(wanted());
        Set<String> classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("io.slipway").stream()
                        .map(JavaClass::getSimpleName)
                        .collect(Collectors.toSet());
        List<String> faults = new ArrayList<>();
        CapabilitySwitch.services().forEach((id, services) -> {
            if (services.isEmpty()) {
                faults.add(id + " has no class that does its work");
            }
            services.stream()
                    .filter(service -> !classes.contains(service))
                    .forEach(service -> faults.add(id + ": there is no class " + service));
        });
        assertThat(faults).isEmpty();
    }

    @Test
    void everyCapabilityHasATestOfTheRunningApplication() {
        assertThat(wanted())
                .allSatisfy(id ->
                        assertThat(CapabilityTests.of(id)).as("tests of " + id).isNotEmpty());
        assertThat(CapabilityTests.ids()).containsAll(wanted());
    }
}
