package io.slipway.quality.web;

import io.slipway.platform.web.Paging;
import io.slipway.platform.web.Viewer;
import io.slipway.quality.selection.TestCase;
import io.slipway.quality.selection.TestSelection;
import io.slipway.quality.selection.TestSelections;
import io.slipway.release.Reader;
import io.slipway.release.Release;
import io.slipway.release.ReleaseDesk;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.PageRequest;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Tests of a release's system and the choice among them for programs. */
@RestController
@RequestMapping("/api/v1/releases/{key}/quality")
class SelectionApi {

    private final ReleaseDesk desk;
    private final TestSelections selections;

    SelectionApi(ReleaseDesk desk, TestSelections selections) {
        this.desk = desk;
        this.selections = selections;
    }

    /** What is asked for. */
    record Budget(@Nullable Integer budgetSeconds, @Nullable List<String> changedComponents) {}

    /** How critical a test is. */
    record Degree(@Nullable Integer criticality) {}

    /** A choice; without one all tests are run. */
    record Chosen(@Nullable TestSelection selection) {}

    /** A page of the tests that reports told of. */
    @GetMapping("/tests")
    Paging<TestCase> tests(
            @PathVariable String key,
            @RequestParam(defaultValue = "0") int page,
            @RequestParam(defaultValue = "25") int size,
            Viewer viewer) {
        return Paging.of(
                selections.tests(release(key, viewer).system(), PageRequest.of(Paging.page(page), Paging.size(size))),
                test -> test);
    }

    /** Says how critical a test is, from 1 to 5. */
    @PutMapping("/tests/{number}/criticality")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void rate(@PathVariable String key, @PathVariable long number, @RequestBody Degree degree, Viewer viewer) {
        Release release = release(key, viewer);
        selections.requireQuality(release, viewer.person());
        selections.rate(release, number, ExemptionApi.given("criticality", degree.criticality()), viewer.person());
    }

    @GetMapping("/test-selection")
    Chosen chosen(@PathVariable String key, Viewer viewer) {
        return new Chosen(selections.of(release(key, viewer)).orElse(null));
    }

    /** Chooses the tests that leave the least risk out. */
    @PostMapping("/test-selection")
    TestSelection choose(@PathVariable String key, @RequestBody Budget budget, Viewer viewer) {
        Release release = release(key, viewer);
        selections.requireQuality(release, viewer.person());
        return selections.choose(
                release,
                ExemptionApi.given("budgetSeconds", budget.budgetSeconds()),
                Set.copyOf(ExemptionApi.given("changedComponents", budget.changedComponents())),
                viewer.person());
    }

    private Release release(String key, Viewer viewer) {
        return desk.get(key, new Reader(viewer.person(), viewer.groups()));
    }
}
