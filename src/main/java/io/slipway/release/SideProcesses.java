package io.slipway.release;

import io.slipway.platform.process.EngineAccess;
import io.slipway.platform.process.ModelKind;
import io.slipway.platform.process.ModelVersions;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Lazy;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Processes beside the spine. One may belong to a release, such as the tracking of an obligation: it carries the release's key, uses
 * the versions that the release pinned, and may go on after the release has ended. One may belong to no release, such as a lockdown:
 * it carries a key of its own and pins the newest accepted versions when it starts.
 *
 * <p>They are started here and nowhere else; whoever else starts one is refused.
 */
@Service
public class SideProcesses {

    private static final Logger LOG = LoggerFactory.getLogger(SideProcesses.class);

    private final JdbcClient jdbc;
    private final ModelVersions models;
    private final RuntimeService runtime;
    private final RepositoryService repository;
    private final EngineAccess access;
    private final TransactionTemplate apart;
    private final Clock clock;

    /** What this thread starts at the moment; the engine asks for it while the instance has no row yet. */
    private final ThreadLocal<@Nullable String> starting = new ThreadLocal<>();

    SideProcesses(
            JdbcClient jdbc,
            ModelVersions models,
            @Lazy RuntimeService runtime,
            @Lazy RepositoryService repository,
            EngineAccess access,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.jdbc = jdbc;
        this.models = models;
        this.runtime = runtime;
        this.repository = repository;
        this.access = access;
        this.apart = new TransactionTemplate(transactions);
        this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.clock = clock;
    }

    /**
     * Starts a process that belongs to a release.
     *
     * @param process key of the model
     * @param variables what its gateways and timers need; the id of the release is added
     * @return id of the process instance
     * @throws Refused when the release pinned no version of the model at its start
     */
    @Transactional
    public String start(Release release, String process, Map<String, ?> variables) {
        Map<String, Object> all = new HashMap<>(variables);
        all.put(ReleaseScope.RELEASE_ID.name(), release.id().toString());
        return started(release.key(), release.id(), process, all);
    }

    /** Whether a release can start a process beside it: one that was requested before there was such a model has pinned none. */
    @Transactional(readOnly = true)
    public boolean isPinned(Release release, String process) {
        return models.pinned(release.key(), ModelKind.PROCESS, process).isPresent();
    }

    /**
     * Starts a process that belongs to no release.
     *
     * @param key the business key, such as {@code lockdown-7}; no release may ever have it, so it names no version
     * @param process key of the model
     * @param variables what its gateways and timers need
     * @return id of the process instance
     * @throws Refused when no version of the model is accepted, or the key is a release's
     */
    @Transactional
    public String start(String key, String process, Map<String, ?> variables) {
        if (exists("select count(*) from slipway_release where release_key = ?", key)) {
            throw new Refused("'" + key + "' is the key of a release; a process beside the releases has another.");
        }
        if (models.pins(key).isEmpty()) {
            models.pin(key);
        }
        return started(key, null, process, variables);
    }

    /**
     * Sees to it that exactly one process of a model runs under a key, however many nodes and threads want it at the same moment: they
     * wait for each other at the row of the key. The row is committed before anybody waits for it: who found it taken would keep a shared
     * lock on it on MySQL, and two who want more than that would wait for each other for ever.
     *
     * @return whether this call started it
     */
    @Transactional
    public boolean keepRunning(String key, String process, Map<String, ?> variables) {
        boolean known = jdbc.sql("select count(*) from house_process where own_key = ? and process_key = ?")
                        .params(key, process)
                        .query(Long.class)
                        .single()
                > 0;
        if (!known) {
            makeRow(key, process);
        }
        jdbc.sql("select own_key from house_process where own_key = ? and process_key = ? for update")
                .params(key, process)
                .query(String.class)
                .single();
        if (!running(key, process).isEmpty()) {
            return false;
        }
        start(key, process, variables);
        return true;
    }

    private void makeRow(String key, String process) {
        try {
            apart.executeWithoutResult(
                    status -> jdbc.sql("insert into house_process (own_key, process_key) values (?, ?)")
                            .params(key, process)
                            .update());
        } catch (DuplicateKeyException known) {
            LOG.debug("{} has its row", key, known);
        }
    }

    private String started(String key, @Nullable ReleaseId release, String process, Map<String, ?> variables) {
        int version = models.pinned(key, ModelKind.PROCESS, process)
                .orElseThrow(() -> new Refused(key + " has recorded no version of the process '" + process + "'."))
                .version();
        String before = starting.get();
        starting.set(named(key, process));
        try {
            ProcessInstance instance =
                    access.asSystem(() -> runtime.createProcessInstanceById(definition(process, version))
                            .businessKey(key)
                            .setVariables(new HashMap<>(variables))
                            .execute());
            if (!isSide(instance.getId())) {
                keep(instance.getId(), key, release, process);
            }
            return instance.getId();
        } finally {
            starting.set(before);
        }
    }

    /**
     * Lets an instance start if this thread is starting it here or it has been started here before; the first time the instance gets
     * its row, so that steps that run at once find it.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean admits(String instance, String key, String process) {
        if (isSide(instance)) {
            return true;
        }
        if (!named(key, process).equals(starting.get())) {
            return false;
        }
        keep(instance, key, releaseId(key).orElse(null), process);
        return true;
    }

    /** Id of the release that an outermost process instance beside the spine belongs to. */
    @Transactional(readOnly = true)
    public Optional<ReleaseId> releaseOf(String rootInstance) {
        return jdbc
                .sql("select release_id from side_process where process_instance_id = ? and release_id is not null")
                .param(rootInstance)
                .query(byte[].class)
                .list()
                .stream()
                .map(StoredIds::releaseId)
                .findFirst();
    }

    /** Whether an outermost process instance was started here, for a release or for none. */
    @Transactional(readOnly = true)
    public boolean isSide(String rootInstance) {
        return exists("select count(*) from side_process where process_instance_id = ?", rootInstance);
    }

    /** Instances of a process that run for a key, oldest first; at most a thousand. */
    @Transactional(readOnly = true)
    public List<String> running(String key, String process) {
        return access.asSystem(() -> runtime
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(key)
                .processDefinitionKey(process)
                .listPage(0, 1_000)
                .stream()
                .map(ProcessInstance::getId)
                .filter(this::isSide)
                .toList());
    }

    /** Ends the instances of a process that run for a key, such as a poll that nobody needs any more. */
    @Transactional
    public void end(String key, String process, String reason) {
        running(key, process)
                .forEach(instance -> access.asSystem(() -> {
                    runtime.deleteProcessInstance(instance, reason);
                    return true;
                }));
    }

    private String definition(String process, int version) {
        return access.asSystem(() -> repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(process)
                .processDefinitionVersion(version)
                .singleResult()
                .getId());
    }

    private void keep(String instance, String key, @Nullable ReleaseId release, String process) {
        jdbc.sql(
                        "insert into side_process (process_instance_id, business_key, release_id, process_key, started_at) values (?, ?, ?, ?, ?)")
                .params(
                        instance,
                        key,
                        release == null ? null : StoredIds.bytes(release),
                        process,
                        Timestamp.from(clock.instant()))
                .update();
    }

    private Optional<ReleaseId> releaseId(String key) {
        return jdbc
                .sql("select id from slipway_release where release_key = ?")
                .param(key)
                .query(byte[].class)
                .list()
                .stream()
                .map(StoredIds::releaseId)
                .findFirst();
    }

    private boolean exists(String sql, String value) {
        return jdbc.sql(sql).param(value).query(Long.class).single() > 0;
    }

    private static String named(String key, String process) {
        return process + " of " + key;
    }
}
