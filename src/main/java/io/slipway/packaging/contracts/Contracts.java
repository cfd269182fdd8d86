package io.slipway.packaging.contracts;

import io.slipway.integration.contracts.Contract;
import io.slipway.integration.contracts.ContractRegister;
import io.slipway.integration.contracts.ContractsRefused;
import io.slipway.packaging.PackageObstacle;
import io.slipway.platform.data.ListTotal;
import io.slipway.platform.text.Beginning;
import io.slipway.release.AuditTrail;
import io.slipway.release.Environment;
import io.slipway.release.Landscape;
import io.slipway.release.LiveSystems;
import io.slipway.release.ManagedSystem;
import io.slipway.release.Permissions;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.Role;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.semver4j.Semver;
import org.springframework.context.annotation.Lazy;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Answers whether a version can be deployed with what runs there, at every step of an order and of the way back. */
@Service
public class Contracts implements PackageObstacle {

    private final ContractRegister register;
    private final Landscape landscape;
    private final LiveSystems live;
    private final Permissions permissions;
    private final AuditTrail audit;

    Contracts(
            ContractRegister register,
            Landscape landscape,
            @Lazy LiveSystems live,
            Permissions permissions,
            AuditTrail audit) {
        this.register = register;
        this.landscape = landscape;
        this.live = live;
        this.permissions = permissions;
        this.audit = audit;
    }

    /** A system that gets a version. */
    public record Step(String system, String version) {}

    /**
     * What runs together at one point of an order.
     *
     * @param after what was done last; empty at the beginning
     */
    public record Together(Optional<Step> after, Map<String, String> versions, List<String> problems) {

        /** Copies map and list. */
        public Together {
            versions = Collections.unmodifiableMap(new TreeMap<>(versions));
            problems = List.copyOf(problems);
        }
    }

    /**
     * The answer to an order.
     *
     * @param compatible whether everything works together at every point of the order and of the way back
     * @param forth states on the way
     * @param back states on the way back
     * @param proposal a safe order of the same steps; empty when there is none
     */
    public record Answer(
            boolean compatible, List<Together> forth, List<Together> back, Optional<List<Step>> proposal) {}

    /**
     * Enters what was verified.
     *
     * @throws io.slipway.release.NotPermitted when the person neither develops one of both systems nor looks after quality
     * @throws Refused when a version is none, an end is not after its beginning, or a system is missing
     */
    @Transactional
    public Contract enter(Contract.NewContract entered, String person) {
        permissions.require(person, Role.QA, Role.DEVELOPER);
        range("consumer", entered.consumerFrom(), entered.consumerBelow());
        range("provider", entered.providerFrom(), entered.providerBelow());
        if (entered.consumer().equals(entered.provider())) {
            throw new Refused("provider", "Consumer and provider are two systems.");
        }
        if (!permissions.reader(person).has(entered.consumer(), Role.DEVELOPER)
                && !permissions.reader(person).has(entered.provider(), Role.DEVELOPER)) {
            permissions.require(person, Role.QA);
        }
        Contract contract;
        try {
            contract = register.enter(entered, person);
        } catch (ContractsRefused e) {
            throw new Refused(String.valueOf(e.getMessage()), e);
        }
        audit.record(new AuditTrail.Entry(
                Optional.empty(), "packaging.enterContract", "contract " + contract.id(), Map.of(), facts(contract)));
        return contract;
    }

    /**
     * Takes a contract out of use.
     *
     * @throws io.slipway.release.NotPermitted when the person neither develops a system nor looks after quality
     * @throws Refused when there is none with this number
     */
    @Transactional
    public void retire(long id, String person) {
        permissions.require(person, Role.QA, Role.DEVELOPER);
        try {
            register.retire(id, person);
        } catch (ContractsRefused e) {
            throw new Refused(String.valueOf(e.getMessage()), e);
        }
        audit.record(new AuditTrail.Entry(
                Optional.empty(),
                "packaging.retireContract",
                "contract " + id,
                Map.of("retired", false),
                Map.of("retired", true)));
    }

    /** Contracts in use, the newest first. */
    public Page<Contract> list(Pageable page) {
        return new PageImpl<>(
                register.latest(page.getOffset(), page.getPageSize()), page, register.count(ListTotal.most(page)));
    }

    /**
     * Checks an order of deployments in the environments of a tier.
     *
     * @param order each system at most once
     * @param way the order of the way back; empty for the reverse of the order
     * @throws Refused when a version is none, a system comes twice or is unknown, or the way back has other systems
     */
    @Transactional(readOnly = true)
    public Answer check(Environment.Tier tier, List<Step> order, Optional<List<String>> way) {
        Set<String> systems = new LinkedHashSet<>();
        Set<String> managed = new LinkedHashSet<>();
        landscape.systems().stream().map(ManagedSystem::key).forEach(managed::add);
        for (Step step : order) {
            version("steps", step.version());
            if (!managed.contains(step.system())) {
                throw new Refused("steps", "There is no system '" + shown(step.system()) + "'.");
            }
            if (!systems.add(step.system())) {
                throw new Refused("steps", "The system " + step.system() + " comes twice in the order.");
            }
        }
        if (order.isEmpty() || order.size() > Matrix.MOST_STEPS) {
            throw new Refused("steps", "An order has 1 to " + Matrix.MOST_STEPS + " steps.");
        }
        Map<String, String> now = running(tier, systems);
        Matrix matrix = matrix(systems);
        List<Matrix.Step> steps = order.stream()
                .map(step -> new Matrix.Step(step.system(), step.version()))
                .toList();
        List<Matrix.State> forth = matrix.walk(now, steps);
        Map<String, String> end = forth.get(forth.size() - 1).versions();
        List<Matrix.State> back = matrix.walk(end, stepsBack(now, order, way));
        boolean compatible = Stream.concat(forth.stream().skip(1), back.stream().limit(back.size() - 1L))
                .allMatch(Matrix.State::compatible);
        return new Answer(
                compatible,
                forth.stream().map(Contracts::together).toList(),
                back.stream().map(Contracts::together).toList(),
                matrix.safeOrder(now, steps).map(found -> found.stream()
                        .map(step -> new Step(step.system(), step.version()))
                        .toList()));
    }

    private static List<Matrix.Step> stepsBack(Map<String, String> now, List<Step> order, Optional<List<String>> way) {
        List<String> systems = new ArrayList<>(order.stream().map(Step::system).toList());
        if (way.isPresent()) {
            if (way.get().size() != systems.size() || !Set.copyOf(way.get()).equals(Set.copyOf(systems))) {
                throw new Refused("rollback", "The way back names the same systems as the order, each once.");
            }
            systems = way.get();
        } else {
            Collections.reverse(systems);
        }
        // What did not run before has no version to go back to; it stays until somebody takes it away.
        return systems.stream()
                .filter(now::containsKey)
                .map(system -> new Matrix.Step(system, now.getOrDefault(system, "")))
                .toList();
    }

    private Matrix matrix(Set<String> systems) {
        Map<Long, Contract> contracts = new LinkedHashMap<>();
        systems.forEach(system -> register.of(system).forEach(contract -> contracts.put(contract.id(), contract)));
        return new Matrix(List.copyOf(contracts.values()));
    }

    /** What runs now of the systems concerned and of those that they have contracts with. */
    private Map<String, String> running(Environment.Tier tier, Set<String> systems) {
        Set<String> concerned = new LinkedHashSet<>(systems);
        systems.forEach(system -> register.of(system).forEach(contract -> {
            concerned.add(contract.consumer());
            concerned.add(contract.provider());
        }));
        Map<String, String> running = new TreeMap<>();
        for (String system : concerned) {
            landscape.environments(system).stream()
                    .filter(environment -> environment.tier() == tier)
                    .findFirst()
                    .flatMap(environment -> live.of(system, environment.key()))
                    .ifPresent(found -> running.put(system, found.version()));
        }
        return running;
    }

    /** Speaks against a version that was not verified with what runs in production now. */
    @Override
    public List<String> obstacles(Release release) {
        Map<String, String> running = new TreeMap<>(running(Environment.Tier.PRODUCTION, Set.of(release.system())));
        running.put(release.system(), release.version());
        return matrix(Set.of(release.system())).problems(running);
    }

    private static Together together(Matrix.State state) {
        return new Together(
                state.after().map(step -> new Step(step.system(), step.version())), state.versions(), state.problems());
    }

    private static void range(String field, String from, Optional<String> below) {
        Semver first = version(field + "From", from);
        below.ifPresent(end -> {
            if (version(field + "Below", end).compareTo(first) <= 0) {
                throw new Refused(field + "Below", "'" + field + "Below' comes after '" + field + "From'.");
            }
        });
    }

    private static Semver version(String field, String text) {
        Semver version = Semver.parse(text);
        if (version == null || !version.getVersion().equals(text)) {
            throw new Refused(field, "'" + shown(text) + "' is no version such as 2.4.0.");
        }
        return version;
    }

    private static String shown(String text) {
        return Beginning.marked(text.replaceAll("[\\p{Cntrl}\\p{Cf}&&[^\\u200d]]", "?"), 61);
    }

    private static Map<String, Object> facts(Contract contract) {
        return Map.of(
                "consumer", contract.consumer(),
                "consumerFrom", contract.consumerFrom(),
                "consumerBelow", contract.consumerBelow().orElse(""),
                "provider", contract.provider(),
                "providerFrom", contract.providerFrom(),
                "providerBelow", contract.providerBelow().orElse(""),
                "works", contract.works(),
                "evidence", contract.evidence());
    }
}
