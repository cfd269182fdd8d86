package io.slipway.release;

import io.slipway.platform.process.ModelKind;
import io.slipway.platform.process.ModelVersion;
import io.slipway.platform.process.ModelVersions;
import io.slipway.platform.process.ProcessRecords;
import java.util.Map;
import java.util.Optional;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Changed models, decisions and forms that wait for the word of a second process owner. */
@Service
public class ModelProposals {

    private final ModelVersions versions;
    private final ProcessRecords records;
    private final Permissions permissions;
    private final AuditTrail audit;

    ModelProposals(ModelVersions versions, ProcessRecords records, Permissions permissions, AuditTrail audit) {
        this.versions = versions;
        this.records = records;
        this.permissions = permissions;
        this.audit = audit;
    }

    /**
     * A version beside the one that new releases use now.
     *
     * @param accepted the version in use; empty when there is none
     * @param proposedText the file that is proposed
     * @param acceptedText the file in use; empty when there is none
     */
    public record Comparison(
            ModelVersion proposed, Optional<ModelVersion> accepted, String proposedText, String acceptedText) {}

    /**
     * A page of the proposals, oldest first.
     *
     * @throws NotPermitted when the person may not see models
     */
    @Transactional(readOnly = true)
    public Page<ModelVersion> list(Pageable page, String person) {
        read(person);
        return new PageImpl<>(
                versions.proposals(page.getPageNumber(), page.getPageSize()), page, versions.countProposals());
    }

    /**
     * One version beside the one in use.
     *
     * @throws NotFound when there is no such version
     * @throws NotPermitted when the person may not see models
     */
    @Transactional(readOnly = true)
    public Comparison compare(ModelKind kind, String key, int version, String person) {
        read(person);
        ModelVersion proposed =
                versions.find(kind, key, version).orElseThrow(() -> new NotFound("version", key + "/" + version));
        Optional<ModelVersion> accepted =
                versions.newestAccepted(kind, key).filter(found -> found.version() != version);
        return new Comparison(
                proposed,
                accepted,
                records.file(proposed.deploymentId(), proposed.resource()),
                accepted.map(found -> records.file(found.deploymentId(), found.resource()))
                        .orElse(""));
    }

    /**
     * Accepts or refuses a proposal.
     *
     * @throws NotPermitted when the person is no process owner
     * @throws io.slipway.platform.process.TaskRefused when it waits for no decision, or the person proposed it
     */
    @Transactional
    public ModelVersion decide(ModelKind kind, String key, int version, boolean accept, String person) {
        permissions.require(person, Role.PROCESS_OWNER);
        String before =
                versions.newestAccepted(kind, key).map(ModelVersion::digest).orElse("");
        ModelVersion decided = versions.decide(kind, key, version, accept, person);
        audit.record(new AuditTrail.Entry(
                Optional.empty(),
                accept ? "models.accept" : "models.refuse",
                decided.resource(),
                Map.of("digest", before),
                Map.of("version", version, "digest", decided.digest())));
        return decided;
    }

    private void read(String person) {
        permissions.require(person, Role.PROCESS_OWNER, Role.AUDITOR);
    }
}
