package io.slipway.platform.ledger;

import io.slipway.Capability;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three of the cases of {@link LostLeasesRun}, of which one is a process that is stopped and continued. */
@Capability({"5.5", "5.6"})
class LostLeaseSampleTest {

    @TempDir
    Path data;

    @Test
    void whoeverSleptThroughTheLeaseIsRefused() throws Exception {
        try (LostLeases leases = new LostLeases(data)) {
            leases.lose(1, true);
            leases.lose(2, false);
            leases.lose(3, false);
        }
    }
}
