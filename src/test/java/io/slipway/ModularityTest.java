package io.slipway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.modulith.core.ApplicationModules;

class ModularityTest {

    @Test
    void modulesUseEachOtherOnlyAsDeclared() {
        ApplicationModules.of(Slipway.class).verify();
    }

    /** What a module declares stands in its package-info; one of the same package among the tests would be read instead of it. */
    @Test
    void noPackageOfTheTestsHidesWhatAModuleDeclares() throws IOException {
        List<String> twice = new ArrayList<>();
        Resource[] found =
                new PathMatchingResourcePatternResolver().getResources("classpath*:io/slipway/**/package-info.class");
        for (Resource description : found) {
            String url = description.getURL().toString();
            String name = url.substring(url.indexOf("io/slipway/"));
            List<URL> places = Collections.list(getClass().getClassLoader().getResources(name));
            if (places.size() > 1) {
                twice.add(name);
            }
        }
        assertThat(found).isNotEmpty();
        assertThat(twice.stream().distinct())
                .as("packages whose package-info is written in the tests too; delete it there")
                .isEmpty();
    }
}
