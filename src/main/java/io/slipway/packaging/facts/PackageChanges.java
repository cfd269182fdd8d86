package io.slipway.packaging.facts;

import io.slipway.integration.artifacts.ArtifactCorrupt;
import io.slipway.integration.artifacts.ArtifactMissing;
import io.slipway.integration.artifacts.ArtifactStore;
import io.slipway.integration.contracts.Contract;
import io.slipway.integration.contracts.ContractRegister;
import io.slipway.packaging.HandedInFile;
import io.slipway.packaging.Packages;
import io.slipway.packaging.builds.Archives;
import io.slipway.packaging.components.Components;
import io.slipway.packaging.configuration.Configurations;
import io.slipway.release.ChangeFact.Told;
import io.slipway.release.Landscape;
import io.slipway.release.LiveSystems;
import io.slipway.release.NotFound;
import io.slipway.release.Release;
import io.slipway.release.Releases;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Service;

/**
 * Compares the package of a release with the one that served the users of production before it. Where there is nothing to compare
 * with, everything that the package brings is new.
 */
@Service
public class PackageChanges {

    private static final int NAMED = 5;
    private static final String MIGRATIONS = "db/migration/";
    /** Types of a bill of materials that run by themselves, and so are watched and operated. */
    private static final Set<String> RUNNING =
            Set.of("application", "container", "platform", "operating-system", "device", "firmware", "service");

    private final Packages packages;
    private final Components components;
    private final Configurations configurations;
    private final ArtifactStore store;
    private final ContractRegister contracts;
    private final Landscape landscape;
    private final Releases releases;
    private final LiveSystems live;

    PackageChanges(
            Packages packages,
            Components components,
            Configurations configurations,
            ArtifactStore store,
            ContractRegister contracts,
            Landscape landscape,
            Releases releases,
            @Lazy LiveSystems live) {
        this.packages = packages;
        this.components = components;
        this.configurations = configurations;
        this.store = store;
        this.contracts = contracts;
        this.landscape = landscape;
        this.releases = releases;
        this.live = live;
    }

    /** Whether the package brings schema migrations that the one before had not. */
    public Told migrations(Release release) {
        Set<String> added = migrationsOf(release);
        before(release).ifPresent(earlier -> added.removeAll(migrationsOf(earlier)));
        return added.isEmpty()
                ? new Told(false, "The package brings no schema migration.")
                : new Told(true, "The package brings the schema migrations " + named(added) + ".");
    }

    /** Whether the configuration of production is another one than that of the version before. */
    public Told configuration(Release release) {
        String production = landscape.production(release.system()).key();
        Optional<LiveSystems.Before> served = live.before(release);
        String now = configurations.fingerprint(release, production);
        if (now.equals(served.map(LiveSystems.Before::configuration).orElse(""))) {
            return new Told(false, "The configuration of production stays as it was.");
        }
        Set<String> asked = configurations.names(release);
        Set<String> earlier = before(release).map(configurations::names).orElse(Set.of());
        Set<String> added = new TreeSet<>(asked);
        added.removeAll(earlier);
        Set<String> gone = new TreeSet<>(earlier);
        gone.removeAll(asked);
        return new Told(
                true,
                "The configuration of production changes: "
                        + (added.isEmpty() ? "" : "new settings " + named(added) + "; ")
                        + (gone.isEmpty() ? "" : "no longer there " + named(gone) + "; ")
                        + "templates or values are others than before.");
    }

    /** Whether libraries, or contracts with other systems, are others than before. */
    public Told dependencies(Release release) {
        Map<String, String> now = bill(release, false);
        Map<String, String> earlier =
                before(release).map(before -> bill(before, false)).orElse(Map.of());
        Set<String> changed = now.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(earlier.get(entry.getKey())))
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.toCollection(TreeSet::new));
        if (!components.of(release).isEmpty()) {
            earlier.keySet().stream()
                    .filter(name -> !now.containsKey(name))
                    .forEach(name -> changed.add(name + " (gone)"));
        }
        contracts.of(release.system()).stream()
                .filter(contract -> begins(contract, release))
                .forEach(
                        contract -> changed.add("contract of " + contract.consumer() + " with " + contract.provider()));
        return changed.isEmpty()
                ? new Told(false, "Bill of materials and contracts show no other dependency.")
                : new Told(true, "Dependencies change: " + named(changed) + ".");
    }

    private static boolean begins(Contract contract, Release release) {
        return (contract.consumer().equals(release.system())
                        && contract.consumerFrom().equals(release.version()))
                || (contract.provider().equals(release.system())
                        && contract.providerFrom().equals(release.version()));
    }

    /** Whether something runs that did not run before. */
    public Told components(Release release) {
        Set<String> added = new TreeSet<>(bill(release, true).keySet());
        added.addAll(programs(release));
        before(release).ifPresent(earlier -> {
            added.removeAll(bill(earlier, true).keySet());
            added.removeAll(programs(earlier));
        });
        // The program that is started is the system itself, whatever its file is called.
        packages.present(release)
                .map(present -> program(present.startFile(), release))
                .ifPresent(added::remove);
        return added.isEmpty()
                ? new Told(false, "The package brings nothing that runs beside what ran before.")
                : new Told(true, "The package brings what did not run before: " + named(added) + ".");
    }

    private Optional<Release> before(Release release) {
        return live.before(release).flatMap(LiveSystems.Before::release).flatMap(id -> {
            try {
                return Optional.of(releases.get(id));
            } catch (NotFound gone) {
                return Optional.empty();
            }
        });
    }

    private Map<String, String> bill(Release release, boolean running) {
        Map<String, String> versions = new TreeMap<>();
        components.of(release).stream()
                .flatMap(bill -> bill.components().stream())
                .filter(component -> RUNNING.contains(component.type()) == running)
                .forEach(component -> versions.merge(
                        component.coordinates(), component.version(), (one, other) -> one + ", " + other));
        return versions;
    }

    private Set<String> programs(Release release) {
        return packages.files(release).stream()
                .map(HandedInFile::name)
                .filter(name -> name.endsWith(".jar") || name.endsWith(".war"))
                .map(name -> program(name, release))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String program(String file, Release release) {
        return file.replace("-" + release.version(), "");
    }

    private Set<String> migrationsOf(Release release) {
        Set<String> names = new TreeSet<>();
        for (HandedInFile file : packages.files(release)) {
            if (file.name().matches("V[0-9][0-9._]*__.+\\.sql")) {
                names.add(file.name());
            }
            if (!file.name().matches(".*\\.(jar|zip|war)")) {
                continue;
            }
            try (InputStream content = store.open(file.sha256())) {
                Archives.each(content, Archives.MOST_BYTES, (name, entry) -> {
                    int folder = name.lastIndexOf(MIGRATIONS);
                    if (folder >= 0 && name.endsWith(".sql")) {
                        String migration = name.substring(folder + MIGRATIONS.length());
                        if (migration.startsWith("V")) {
                            names.add(migration);
                        }
                    }
                });
            } catch (ArtifactMissing | ArtifactCorrupt | Archives.ArchiveRefused e) {
                names.add(file.name() + ", which cannot be read,");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return names;
    }

    private static String named(Collection<String> names) {
        List<String> first = names.stream().limit(NAMED).toList();
        return String.join(", ", first) + (names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "");
    }
}
