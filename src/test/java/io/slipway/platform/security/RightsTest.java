package io.slipway.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.platform.process.EngineAccess;
import io.slipway.testing.Crowd;
import io.slipway.testing.RunningApplication;
import io.slipway.testing.Visitor;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.BatchPermissions;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@RunningApplication
@SuppressWarnings("NullAway.Init")
class RightsTest {

    private static final String KEY = "approve-change";

    @LocalServerPort
    private int port;

    @Autowired
    private Crowd crowd;

    @Autowired
    private RightsTable table;

    @Autowired
    private RoleGroups groups;

    @Autowired
    private SecurityStart start;

    @Autowired
    private AuthorizationService authorizations;

    @Autowired
    private IdentityService identities;

    @Autowired
    private FilterService filters;

    @Autowired
    private EngineAccess access;

    @Autowired
    private ProcessEngine engine;

    private String rest(String path) {
        return "/engine-rest/engine/" + engine.getName() + path;
    }

    private Visitor program(String login, String... held) {
        crowd.id(login, held);
        return Visitor.program(port, login, Crowd.PASSWORD);
    }

    @Test
    void everyGroupHasExactlyTheAuthorizationsOfTheTable() {
        groups.openSystem("storefront");
        for (RoleRights role : table.roles()) {
            String group = role.heldPerSystem() ? role.group() + "@storefront" : role.group();
            Set<String> expected = role.rights().stream()
                    .flatMap(right -> right.grants().stream())
                    .map(grant -> grant.resource().resourceName() + " " + grant.id())
                    .collect(Collectors.toCollection(TreeSet::new));

            Set<String> given = authorizations.createAuthorizationQuery().groupIdIn(group).list().stream()
                    .filter(one -> one.getResourceType() != Resources.GROUP.resourceType()
                            || one.getResourceId().equals("*"))
                    .map(one -> name(one.getResourceType()) + " " + one.getResourceId())
                    .collect(Collectors.toCollection(TreeSet::new));

            assertThat(given).as(group).isEqualTo(expected);
        }
    }

    private static String name(int resource) {
        return Arrays.stream(Resources.values())
                .filter(candidate -> candidate.resourceType() == resource)
                .findFirst()
                .orElseThrow()
                .resourceName();
    }

    @Test
    void aRightThatTheTableDoesNotGiveIsGoneAfterTheNextStart() {
        Authorization tooMuch = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
        tooMuch.setGroupId("executive");
        tooMuch.setResource(Resources.BATCH);
        tooMuch.setResourceId("*");
        tooMuch.setPermissions(new Permission[] {BatchPermissions.READ});
        authorizations.saveAuthorization(tooMuch);
        Authorization widened = authorizations
                .createAuthorizationQuery()
                .groupIdIn("executive")
                .resourceType(Resources.PROCESS_DEFINITION)
                .singleResult();
        widened.addPermission(Permissions.CREATE_INSTANCE);
        authorizations.saveAuthorization(widened);

        start.afterSingletonsInstantiated();

        assertThat(authorizations
                        .createAuthorizationQuery()
                        .groupIdIn("executive")
                        .resourceType(Resources.BATCH)
                        .count())
                .isZero();
        assertThat(authorizations
                        .createAuthorizationQuery()
                        .groupIdIn("executive")
                        .resourceType(Resources.PROCESS_DEFINITION)
                        .singleResult()
                        .isPermissionGranted(Permissions.CREATE_INSTANCE))
                .isFalse();
    }

    @Test
    void anotherStartAddsNothing() {
        long before = authorizations.createAuthorizationQuery().count();
        long filtersBefore = filters.createFilterQuery().count();
        long people = identities.createUserQuery().count();

        start.afterSingletonsInstantiated();

        assertThat(authorizations.createAuthorizationQuery().count()).isEqualTo(before);
        assertThat(filters.createFilterQuery().count()).isEqualTo(filtersBefore);
        assertThat(identities.createUserQuery().count()).isEqualTo(people);
    }

    @Test
    void nobodyMayStartAProcessDeleteADeploymentOrMakeAFilter() {
        for (Authorization one : authorizations.createAuthorizationQuery().list()) {
            if (one.getAuthorizationType() == Authorization.AUTH_TYPE_GRANT) {
                assertThat(one.isPermissionGranted(ProcessDefinitionPermissions.CREATE_INSTANCE)
                                && one.getResourceType() == Resources.PROCESS_DEFINITION.resourceType())
                        .isFalse();
                assertThat(one.isPermissionGranted(Permissions.DELETE)
                                && one.getResourceType() == Resources.DEPLOYMENT.resourceType())
                        .isFalse();
                assertThat(one.getResourceType()).isNotEqualTo(Resources.FILTER.resourceType());
                assertThat(one.getResourceType()).isNotEqualTo(Resources.AUTHORIZATION.resourceType());
            }
            assertThat(one.getAuthorizationType()).isNotEqualTo(Authorization.AUTH_TYPE_REVOKE);
        }
    }

    @Test
    void processOwnersDeployAndNobodyStartsOrDeletesWhatTheyDeployed() throws IOException {
        Visitor owner = program("deploying.owner", "process-owner");
        Visitor manager = program("deploying.manager", "release-manager");

        String model;
        try (InputStream in = getClass().getResourceAsStream("/bpmn/governance/" + KEY + ".bpmn")) {
            model = new String(in.readAllBytes(), StandardCharsets.UTF_8) + "<!-- edited -->";
        }
        assertThat(manager.deploy(rest("/deployment/create"), KEY, KEY + ".bpmn", model)
                        .statusCode())
                .isEqualTo(403);
        HttpResponse<String> deployed = owner.deploy(rest("/deployment/create"), KEY, KEY + ".bpmn", model);
        assertThat(deployed.statusCode()).as(deployed.body()).isEqualTo(200);

        ProcessDefinition definition = engine.getRepositoryService()
                .createProcessDefinitionQuery()
                .processDefinitionKey(KEY)
                .latestVersion()
                .singleResult();
        for (RoleRights role : table.roles()) {
            String group = role.heldPerSystem() ? role.group() + "@storefront" : role.group();
            Visitor anybody = program("starting." + role.group(), group);
            assertThat(anybody.json("POST", rest("/process-definition/key/" + KEY + "/start"), "{}")
                            .statusCode())
                    .as(role.group() + " by key")
                    .isIn(403, 404);
            assertThat(anybody.json("POST", rest("/process-definition/" + definition.getId() + "/start"), "{}")
                            .statusCode())
                    .as(role.group() + " by id")
                    .isIn(403, 404);
            assertThat(anybody.json("DELETE", rest("/deployment/" + definition.getDeploymentId() + "?cascade=true"), "")
                            .statusCode())
                    .as(role.group() + " deletes")
                    .isIn(403, 404);
            assertThat(anybody.json(
                                    "POST",
                                    rest("/filter/create"),
                                    "{\"resourceType\":\"Task\",\"name\":\"mine\",\"query\":{},\"properties\":{}}")
                            .statusCode())
                    .as(role.group() + " makes a filter")
                    .isEqualTo(403);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "My tasks",
                "My groups' tasks",
                "Overdue",
                "Scope",
                "Schedule",
                "Build and package",
                "Quality",
                "Approval",
                "Deployment",
                "Validation and closing"
            })
    void everyConfiguredListCanBeOpenedByThoseWhoWork(String name) {
        Filter filter = access.asSystem(
                () -> filters.createTaskFilterQuery().filterName(name).singleResult());
        assertThat(filter).isNotNull();
        assertThat(filter.getProperties())
                .containsEntry("refresh", false)
                .containsEntry("showUndefinedVariable", false);
        Visitor developer = program("listing.dev", "developer@storefront");

        assertThat(developer
                        .get(rest("/filter?maxResults=50&name="
                                + name.replace(" ", "%20").replace("'", "%27")))
                        .body())
                .contains(filter.getId());
        HttpResponse<String> tasks = developer.get(rest("/filter/" + filter.getId() + "/list?maxResults=15"));
        assertThat(tasks.statusCode()).as(tasks.body()).isEqualTo(200);
    }

    @Test
    void theAuditorReadsWhatWasDoneInTheEngine() {
        Visitor admin = program("logged.admin", "admin");
        admin.json(
                "POST",
                rest("/user/create"),
                "{\"profile\":{\"id\":\"logged.colleague\",\"firstName\":\"Hugo\",\"lastName\":\"Logged\"},"
                        + "\"credentials\":{\"password\":\"Colleague-12!\"}}");
        String log = rest("/history/user-operation?maxResults=50&entityType=User");

        assertThat(program("reading.auditor", "auditor").get(log).body()).contains(crowd.id("logged.admin"));
        assertThat(program("reading.dev", "developer@storefront").get(log).body())
                .isEqualTo("[]");
    }

    @Test
    void theWorkersPrincipalMayWorkAndNobodyCanSignInAsIt() {
        assertThat(authorizations
                        .createAuthorizationQuery()
                        .userIdIn(EngineAccess.WORKER)
                        .resourceType(Resources.PROCESS_INSTANCE)
                        .hasPermission(Permissions.UPDATE)
                        .count())
                .isEqualTo(1);
        assertThat(Visitor.program(port, EngineAccess.WORKER, "")
                        .get("/engine-rest/engine")
                        .statusCode())
                .isEqualTo(401);
        assertThat(Visitor.program(port, RoleGroups.NOBODY, "")
                        .get("/engine-rest/engine")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void aRoleThatIsHeldPerSystemHasNoGroupForAll() {
        List<String> all = identities.createGroupQuery().list().stream()
                .map(group -> group.getId())
                .toList();

        assertThat(all).doesNotContain("developer", "product-owner").contains("qa", "admin");
        assertThatThrownBy(() -> crowd.id("wide.developer", "developer"))
                .isInstanceOf(AccountRefused.class)
                .hasMessageContaining("role@system");
    }
}
