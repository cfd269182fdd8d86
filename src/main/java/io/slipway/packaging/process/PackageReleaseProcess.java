package io.slipway.packaging.process;

import io.slipway.platform.process.ElementId;
import io.slipway.platform.process.ProcessVariable;

/** What code knows of {@code bpmn/packaging/package-release.bpmn}. */
public final class PackageReleaseProcess {

    public static final String KEY = "package-release";

    /** Files are missing, so the package cannot be sealed. */
    public static final String PACKAGE_INCOMPLETE = "PACKAGE_INCOMPLETE";

    /** Id of the release that this process belongs to. */
    public static final ProcessVariable<String> RELEASE_ID = ProcessVariable.of("releaseId", String.class);

    private PackageReleaseProcess() {}

    /** The flow nodes of the model. */
    public enum Element implements ElementId {
        PACKAGING_OPENED("startEvent_packagingOpened"),
        SUPPLY("gateway_supply"),
        SUPPLY_FILES("userTask_supplyFiles"),
        SEAL_PACKAGE("serviceTask_sealPackage"),
        PACKAGE_INCOMPLETE("event_packageIncomplete"),
        VERIFY_PACKAGE("serviceTask_verifyPackage"),
        PACKAGE_SEALED("endEvent_packageSealed");

        private final String id;

        Element(String id) {
            this.id = id;
        }

        @Override
        public String id() {
            return id;
        }
    }
}
