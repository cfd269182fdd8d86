package io.slipway.platform.process;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.impl.persistence.entity.CamundaFormDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.repository.ResourceDefinition;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps the book of versions: each deployment from Modeler is an ordinary deployment of the engine and here a proposal, which new
 * releases take only after another process owner accepted it. A release keeps the versions it began with.
 */
@Component
public class ModelVersions {

    private static final String COLUMNS =
            "kind, definition_key, version, resource_name, digest, deployment_id, origin, state, proposed_by, proposed_at, decided_by, decided_at";

    private final JdbcClient jdbc;
    private final EngineAccess access;
    private final Clock clock;

    ModelVersions(JdbcClient jdbc, EngineAccess access, Clock clock) {
        this.jdbc = jdbc;
        this.access = access;
        this.clock = clock;
    }

    /** Enters every definition of a new deployment, in the transaction of that deployment. */
    void record(DeploymentEntity deployment) {
        if (!deployment.isNew()) {
            return;
        }
        record(deployment, ModelKind.PROCESS, deployment.getDeployedProcessDefinitions());
        record(deployment, ModelKind.DECISION, deployment.getDeployedDecisionDefinitions());
        record(deployment, ModelKind.FORM, deployment.getDeployedArtifacts(CamundaFormDefinitionEntity.class));
    }

    /** A deployment that brings none of a kind answers with null. */
    private void record(
            DeploymentEntity deployment, ModelKind kind, @Nullable List<? extends ResourceDefinition> definitions) {
        if (definitions != null) {
            definitions.forEach(definition -> record(deployment, kind, definition));
        }
    }

    private void record(DeploymentEntity deployment, ModelKind kind, ResourceDefinition definition) {
        Optional<String> person = access.person();
        boolean program = person.isEmpty() && ModelDeployment.SOURCE.equals(deployment.getSource());
        boolean accepted = program && !lastAcceptedIsAnOwners(kind, definition.getKey());
        String digest =
                sha256(deployment.getResource(definition.getResourceName()).getBytes());
        jdbc.sql("insert into model_version (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, null, null)")
                .params(
                        kind.name(),
                        definition.getKey(),
                        definition.getVersion(),
                        definition.getResourceName(),
                        digest,
                        definition.getDeploymentId(),
                        (program ? ModelVersion.Origin.PROGRAM : ModelVersion.Origin.PERSON).name(),
                        (accepted ? ModelVersion.State.ACCEPTED : ModelVersion.State.PROPOSED).name(),
                        person.orElse(null),
                        Timestamp.from(clock.instant()))
                .update();
    }

    /** A program upgrade never replaces what an owner edited: it becomes a proposal too. */
    private boolean lastAcceptedIsAnOwners(ModelKind kind, String key) {
        return newestAccepted(kind, key)
                .filter(version -> version.origin() == ModelVersion.Origin.PERSON)
                .isPresent();
    }

    /** The version that a release starting now would use. */
    public Optional<ModelVersion> newestAccepted(ModelKind kind, String key) {
        return jdbc.sql("select " + COLUMNS
                        + " from model_version where kind = ? and definition_key = ? and state = 'ACCEPTED'"
                        + " order by version desc limit 1")
                .params(kind.name(), key)
                .query(ModelVersions::row)
                .optional();
    }

    /** The number of the newest accepted version by the key of the model, of all models of a kind. */
    public Map<String, Integer> newestAccepted(ModelKind kind) {
        Map<String, Integer> newest = new HashMap<>();
        jdbc.sql("select definition_key, max(version) from model_version where kind = ? and state = 'ACCEPTED'"
                        + " group by definition_key")
                .param(kind.name())
                .query((row, index) -> newest.put(row.getString(1), row.getInt(2)))
                .list();
        return newest;
    }

    /** Proposals that wait for a decision, oldest first. */
    public List<ModelVersion> proposals(int page, int size) {
        return jdbc.sql(
                        "select " + COLUMNS
                                + " from model_version where state = 'PROPOSED' order by proposed_at, definition_key limit ? offset ?")
                .params(size, page * size)
                .query(ModelVersions::row)
                .list();
    }

    /** Number of proposals that wait for a decision. */
    public long countProposals() {
        return jdbc.sql("select count(*) from model_version where state = 'PROPOSED'")
                .query(Long.class)
                .single();
    }

    /** One version, if the engine ever held it. */
    public Optional<ModelVersion> find(ModelKind kind, String key, int version) {
        return jdbc.sql("select " + COLUMNS
                        + " from model_version where kind = ? and definition_key = ? and version = ?")
                .params(kind.name(), key, version)
                .query(ModelVersions::row)
                .optional();
    }

    /**
     * Accepts or refuses a proposal.
     *
     * @throws TaskRefused when it is no proposal any more, or when the person who proposed it decides
     */
    @Transactional
    public ModelVersion decide(ModelKind kind, String key, int version, boolean accept, String person) {
        ModelVersion proposal = find(kind, key, version)
                .filter(found -> found.state() == ModelVersion.State.PROPOSED)
                .orElseThrow(
                        () -> new TaskRefused("Version " + version + " of " + key + " does not wait for a decision."));
        if (person.equals(proposal.proposedBy())) {
            throw new TaskRefused("A change of a model is accepted by another person than the one who proposed it.");
        }
        int changed = jdbc.sql("update model_version set state = ?, decided_by = ?, decided_at = ?"
                        + " where kind = ? and definition_key = ? and version = ? and state = 'PROPOSED'")
                .params(
                        (accept ? ModelVersion.State.ACCEPTED : ModelVersion.State.REFUSED).name(),
                        person,
                        Timestamp.from(clock.instant()),
                        kind.name(),
                        key,
                        version)
                .update();
        if (changed == 0) {
            throw new TaskRefused("Somebody else has just decided on version " + version + " of " + key + ".");
        }
        return find(kind, key, version).orElseThrow();
    }

    /** Records for one release the newest accepted version of every model, decision and form; done once, at its start. */
    @Transactional
    public void pin(String businessKey) {
        jdbc.sql("""
                        insert into model_pin (business_key, kind, definition_key, version, digest)
                        select ?, m.kind, m.definition_key, m.version, m.digest from model_version m
                        where m.state = 'ACCEPTED' and m.version = (
                            select max(n.version) from model_version n
                            where n.kind = m.kind and n.definition_key = m.definition_key and n.state = 'ACCEPTED')
                        """).param(businessKey).update();
    }

    /** The version that this release uses. */
    public Optional<Pin> pinned(String businessKey, ModelKind kind, String key) {
        return jdbc.sql(
                        "select kind, definition_key, version, digest from model_pin where business_key = ? and kind = ? and definition_key = ?")
                .params(businessKey, kind.name(), key)
                .query(ModelVersions::pin)
                .optional();
    }

    /** Everything that this release uses, in a stable order. */
    public List<Pin> pins(String businessKey) {
        return jdbc.sql(
                        "select kind, definition_key, version, digest from model_pin where business_key = ? order by kind, definition_key")
                .param(businessKey)
                .query(ModelVersions::pin)
                .list();
    }

    /**
     * A version that a release uses.
     *
     * @param digest SHA-256 of the file, in hexadecimal
     */
    public record Pin(ModelKind kind, String key, int version, String digest) {}

    private static Pin pin(ResultSet row, int number) throws SQLException {
        return new Pin(ModelKind.valueOf(row.getString(1)), row.getString(2), row.getInt(3), row.getString(4));
    }

    private static ModelVersion row(ResultSet row, int number) throws SQLException {
        Timestamp decidedAt = row.getTimestamp(12);
        return new ModelVersion(
                ModelKind.valueOf(row.getString(1)),
                row.getString(2),
                row.getInt(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                ModelVersion.Origin.valueOf(row.getString(7)),
                ModelVersion.State.valueOf(row.getString(8)),
                row.getString(9),
                row.getTimestamp(10).toInstant(),
                row.getString(11),
                decidedAt == null ? null : instant(decidedAt));
    }

    private static @Nullable Instant instant(Timestamp timestamp) {
        return timestamp.toInstant();
    }

    /** SHA-256 of a file, in hexadecimal. */
    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
