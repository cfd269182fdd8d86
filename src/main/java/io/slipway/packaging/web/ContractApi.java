package io.slipway.packaging.web;

import io.slipway.integration.contracts.Contract;
import io.slipway.packaging.contracts.Contracts;
import io.slipway.platform.web.Paging;
import io.slipway.platform.web.Viewer;
import io.slipway.release.Environment;
import io.slipway.release.Refused;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.PageRequest;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The contract register for programs, and what it says of an order of deployments. */
@RestController
@RequestMapping("/api/v1/contracts")
class ContractApi {

    private final Contracts contracts;

    ContractApi(Contracts contracts) {
        this.contracts = contracts;
    }

    /** A contract as a program enters it; a range without end holds for all later versions. */
    record ContractEntry(
            @Nullable String consumer,
            @Nullable String consumerFrom,
            @Nullable String consumerBelow,
            @Nullable String provider,
            @Nullable String providerFrom,
            @Nullable String providerBelow,
            @Nullable Boolean works,
            @Nullable String evidence) {}

    /**
     * An order of deployments.
     *
     * @param tier DEVELOPMENT, STAGING or PRODUCTION; production when it is missing
     * @param rollback systems in the order of the way back; the reverse of the steps when it is missing
     */
    record Order(
            @Nullable String tier,
            @Nullable List<Contracts.Step> steps,
            @Nullable List<String> rollback) {}

    @GetMapping
    Paging<Contract> list(@RequestParam(defaultValue = "0") int page, @RequestParam(defaultValue = "25") int size) {
        return Paging.of(contracts.list(PageRequest.of(Paging.page(page), Paging.size(size))), contract -> contract);
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Contract enter(@RequestBody ContractEntry entry, Viewer viewer) {
        Boolean works = entry.works();
        if (works == null) {
            throw new Refused("works", "Please say with 'works' whether they work together: true or false.");
        }
        return contracts.enter(
                new Contract.NewContract(
                        text(entry.consumer()),
                        text(entry.consumerFrom()),
                        Optional.ofNullable(entry.consumerBelow()),
                        text(entry.provider()),
                        text(entry.providerFrom()),
                        Optional.ofNullable(entry.providerBelow()),
                        works,
                        text(entry.evidence())),
                viewer.person());
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void retire(@PathVariable long id, Viewer viewer) {
        contracts.retire(id, viewer.person());
    }

    /** Answers for every state of an order and of its way back, and proposes a safe order. */
    @PostMapping("/check")
    Contracts.Answer check(@RequestBody Order order) {
        Environment.Tier tier = Arrays.stream(Environment.Tier.values())
                .filter(known -> order.tier() == null
                        ? known == Environment.Tier.PRODUCTION
                        : known.name().equals(order.tier()))
                .findFirst()
                .orElseThrow(() -> new Refused("tier", "'tier' is DEVELOPMENT, STAGING or PRODUCTION."));
        return contracts.check(
                tier, order.steps() == null ? List.of() : order.steps(), Optional.ofNullable(order.rollback()));
    }

    private static String text(@Nullable String given) {
        return given == null ? "" : given.strip();
    }
}
