package io.slipway.packaging.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.AdditionalMatchers.not;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.reset;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.packaging.Packages;
import io.slipway.packaging.Sealing;
import io.slipway.platform.process.ModelEngine;
import io.slipway.release.PackageDiffers;
import io.slipway.release.Part;
import io.slipway.release.Release;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.ReleaseScope;
import io.slipway.release.SealedPackage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.Deployment;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The model {@code package-release} with its delegates and task; what packaging does is told by mocks. */
@Deployment(resources = {"bpmn/packaging/package-release.bpmn", "forms/packaging/supply-files.form"})
@Capability("3.3")
class PackageReleaseProcessTest {

    private static final Release RELEASE = ReleaseFixture.storefront240();
    private static final ReleaseScope SCOPE = ReleaseFixture.scopeOf(RELEASE);
    private static final Packages PACKAGES = mock(Packages.class);
    private static final SupplyFilesTask SUPPLY = new SupplyFilesTask(PACKAGES, SCOPE);

    private static final ModelEngine ENGINE = ModelEngine.of(
            "package-release",
            new PackagingRounds(PACKAGES, SCOPE),
            SUPPLY,
            new SealPackageDelegate(PACKAGES, SCOPE),
            new VerifyPackageDelegate(PACKAGES, SCOPE));

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = ENGINE.extension();

    @BeforeEach
    void begin() {
        reset(PACKAGES);
        when(PACKAGES.seal(RELEASE))
                .thenReturn(new Sealing.Sealed(new SealedPackage(1, "d".repeat(64), "storefront.jar", List.of())));
        when(PACKAGES.round(RELEASE)).thenReturn(Optional.of(1));
        ENGINE.begin();
    }

    @Test
    void sealsAndVerifiesTheFilesThatWereHandedIn() {
        ProcessInstance packaging = started();

        ENGINE.complete("p-dana", "developer", SUPPLY.task(), Map.of("filesNote", "built from the tag"));
        verify(PACKAGES).declareWhole(RELEASE, "p-dana", "built from the tag");
        ENGINE.runJobs("serviceTask_sealPackage", "serviceTask_verifyPackage");

        verify(PACKAGES).verify(RELEASE);
        assertThat(passed(packaging, PackageReleaseProcess.Element.PACKAGE_SEALED))
                .isTrue();
    }

    @Test
    void opensOneRoundForTheWholeProcess() {
        ProcessInstance packaging = started();

        verify(PACKAGES, atLeastOnce()).openRound(RELEASE, packaging.getProcessInstanceId());
        verify(PACKAGES, never()).openRound(any(), not(eq(packaging.getProcessInstanceId())));
    }

    @Test
    void anIncompletePackageGoesBackToItsFiles() {
        when(PACKAGES.seal(RELEASE)).thenReturn(new Sealing.Incomplete(List.of("No jar.")));
        ProcessInstance packaging = started();

        ENGINE.complete("p-dana", "developer", SUPPLY.task(), Map.of());
        ENGINE.runJob("serviceTask_sealPackage");
        assertThat(passed(packaging, PackageReleaseProcess.Element.PACKAGE_INCOMPLETE))
                .isTrue();

        when(PACKAGES.seal(RELEASE))
                .thenReturn(new Sealing.Sealed(new SealedPackage(1, "d".repeat(64), "storefront.jar", List.of())));
        ENGINE.complete("p-dana", "developer", SUPPLY.task(), Map.of());
        ENGINE.runJobs("serviceTask_sealPackage", "serviceTask_verifyPackage");
        verify(PACKAGES, times(2)).declareWhole(RELEASE, "p-dana", "");
    }

    @Test
    void aFileThatDiffersStopsTheStepAndIsNamed() {
        started();
        ENGINE.complete("p-dana", "developer", SUPPLY.task(), Map.of());
        ENGINE.runJob("serviceTask_sealPackage");

        doThrow(new PackageDiffers("storefront.jar", "The file storefront.jar is not what was sealed."))
                .when(PACKAGES)
                .verify(RELEASE);
        assertThatExceptionOfType(PackageDiffers.class)
                .isThrownBy(() -> ENGINE.runJob("serviceTask_verifyPackage"))
                .withMessageContaining("storefront.jar");
    }

    @Test
    void anOpenTaskTellsOfFilesThatArriveLater() {
        ProcessInstance packaging = started();
        assertThat(brief(packaging)).doesNotContain("Almost whole.");

        when(PACKAGES.shortcomings(RELEASE)).thenReturn(List.of("Almost whole."));
        ENGINE.briefs().renew("storefront-2.3.0", PackageReleaseProcess.KEY, SUPPLY.task());
        assertThat(brief(packaging)).as("another release").doesNotContain("Almost whole.");
        ENGINE.briefs().renew("storefront-2.4.0", PackageReleaseProcess.KEY, SUPPLY.task());

        assertThat(brief(packaging)).contains("Almost whole.", "/releases/storefront-2.4.0");
    }

    private static String brief(ProcessInstance packaging) {
        return String.valueOf(ENGINE.engine()
                .getRuntimeService()
                .createVariableInstanceQuery()
                .processInstanceIdIn(packaging.getProcessInstanceId())
                .variableName("brief")
                .singleResult()
                .getValue());
    }

    @Test
    void whoeverSuppliesFilesIsAnAuthor() {
        assertThat(SUPPLY.part()).isEqualTo(Part.AUTHOR);
    }

    @Test
    void tellsTheDeveloperWhatIsStillMissing() {
        when(PACKAGES.shortcomings(RELEASE)).thenReturn(List.of("No jar has been handed in."));

        assertThat(SUPPLY.brief(RELEASE).facts())
                .anySatisfy(fact -> assertThat(fact.value()).isEqualTo("No jar has been handed in."));
    }

    private static ProcessInstance started() {
        ProcessInstance packaging = ENGINE.start(
                PackageReleaseProcess.KEY,
                Map.of(PackageReleaseProcess.RELEASE_ID.name(), RELEASE.id().toString()));
        ENGINE.runJob("startEvent_packagingOpened");
        return packaging;
    }

    private static boolean passed(ProcessInstance instance, PackageReleaseProcess.Element element) {
        return ENGINE.engine()
                        .getHistoryService()
                        .createHistoricActivityInstanceQuery()
                        .processInstanceId(instance.getProcessInstanceId())
                        .activityId(element.id())
                        .finished()
                        .count()
                > 0;
    }
}
