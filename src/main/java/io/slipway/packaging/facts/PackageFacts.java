package io.slipway.packaging.facts;

import io.slipway.release.ChangeFact;
import io.slipway.release.Release;
import java.util.function.Function;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Contributes what packages tell under the names that the rules know. */
@Configuration(proxyBeanMethods = false)
class PackageFacts {

    private record Fact(String name, Function<Release, Told> asked) implements ChangeFact {

        @Override
        public Told of(Release release) {
            return asked.apply(release);
        }
    }

    @Bean
    ChangeFact schemaMigrated(PackageChanges changes) {
        return new Fact("dataMigration", changes::migrations);
    }

    @Bean
    ChangeFact configurationChanged(PackageChanges changes) {
        return new Fact("configurationChanged", changes::configuration);
    }

    @Bean
    ChangeFact dependencyChanged(PackageChanges changes) {
        return new Fact("dependencyChanged", changes::dependencies);
    }

    @Bean
    ChangeFact componentAdded(PackageChanges changes) {
        return new Fact("componentAdded", changes::components);
    }
}
