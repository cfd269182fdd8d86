package io.slipway.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.platform.process.EngineAccess;
import io.slipway.testing.Crowd;
import io.slipway.testing.RunningApplication;
import io.slipway.testing.Visitor;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.identity.User;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

@RunningApplication
@SuppressWarnings("NullAway.Init")
class AccountsTest {

    @LocalServerPort
    private int port;

    @Autowired
    private Crowd crowd;

    @Autowired
    private People people;

    @Autowired
    private IdentityService identities;

    @Autowired
    private EngineAccess access;

    @Autowired
    private ProcessEngine engine;

    @Autowired
    private JdbcTemplate jdbc;

    private String rest(String path) {
        return "/engine-rest/engine/" + engine.getName() + path;
    }

    private Visitor admin(String login) {
        crowd.id(login, "admin");
        return Visitor.program(port, login, Crowd.PASSWORD);
    }

    @Test
    void theEngineKnowsTheDisplayedNameAlone() {
        String id = people.register(new NewPerson(
                "Ada.L",
                "Ada Augusta Lovelace",
                "ada@example.org",
                Crowd.PASSWORD,
                Set.of("qa", "developer@storefront")));

        assertThat(id).matches("p[a-z2-7]{20}");
        User user = identities.createUserQuery().userId(id).singleResult();
        assertThat(user.getFirstName()).isEqualTo("Ada Augusta");
        assertThat(user.getLastName()).isEqualTo("Lovelace");
        assertThat(user.getEmail()).isNull();
        assertThat(people.findByLogin("ADA.l")).map(Person::id).contains(id);
        assertThat(people.find(id).orElseThrow().mail()).contains("ada@example.org");
        assertThat(access.groupsOf(id)).containsExactlyInAnyOrder("qa", "developer@storefront");
        assertThat(people.names(List.of(id, EngineAccess.WORKER, "pnobody")))
                .containsEntry(id, "Ada Augusta Lovelace")
                .containsEntry(EngineAccess.WORKER, "Slipway")
                .containsEntry("pnobody", "[erased]");
    }

    @Test
    void passwordsAreKeptSlowly() {
        String id = crowd.id("slow.password", "qa");

        assertThat(jdbc.queryForObject("select PWD_ from ACT_ID_USER where ID_ = ?", String.class, id))
                .startsWith("{PBKDF2WithHmacSHA512}1000$");
    }

    @Test
    void aWeakPasswordIsRefusedWithItsFaultsAndNothingIsKept() {
        NewPerson weak = new NewPerson("weak.one", "Wendy Weak", "weak@example.org", "short", Set.of("qa"));

        assertThatThrownBy(() -> people.register(weak))
                .isInstanceOf(AccountRefused.class)
                .hasMessage("The password of weak.one needs at least ten characters, needs an upper-case letter,"
                        + " needs a digit, needs a special character.");
        assertThat(people.findByLogin("weak.one")).isEmpty();
        assertThat(weak.toString()).doesNotContain("short").doesNotContain("weak");
        assertThatThrownBy(() -> people.register(
                        new NewPerson("named.one", "Wendy Weak", "weak@example.org", "Named.One-1234", Set.of("qa"))))
                .hasMessageContaining("may not contain the person's name, login or mail address");
    }

    @Test
    void aLoginIsUsedOnceWhateverItsCase() {
        crowd.id("taken.login", "qa");

        assertThatThrownBy(() -> people.register(
                        new NewPerson("TAKEN.login", "Tom Taken", "t@example.org", Crowd.PASSWORD, Set.of())))
                .isInstanceOf(AccountRefused.class)
                .hasMessage("The login name 'taken.login' is taken.");
        assertThatThrownBy(() ->
                        people.register(new NewPerson("x y", "Tom Taken", "t@example.org", Crowd.PASSWORD, Set.of())))
                .isInstanceOf(AccountRefused.class);
        assertThatThrownBy(() ->
                        people.register(new NewPerson("no.mail", "Tom Taken", "nowhere", Crowd.PASSWORD, Set.of())))
                .hasMessage("'nowhere' is no mail address.");
    }

    @Test
    void nobodyGivesOrTakesARoleToOrFromHimself() {
        Visitor admin = admin("self.admin");
        String id = crowd.id("self.admin");

        HttpResponse<String> given = admin.json("PUT", rest("/group/change-authority/members/" + id), "");
        HttpResponse<String> taken = admin.json("DELETE", rest("/group/admin/members/" + id), "");

        assertThat(given.statusCode()).isEqualTo(400);
        assertThat(given.body()).contains("Nobody gives a role to himself; please ask another administrator.");
        assertThat(taken.statusCode()).isEqualTo(400);
        assertThat(access.groupsOf(id)).containsExactly("admin");
    }

    @Test
    void aRoleIsGivenByTwoAdministratorsTogether() {
        String id = crowd.id("promoted.person", "qa");
        Visitor first = admin("four.first");
        Visitor second = admin("four.second");

        HttpResponse<String> proposed = first.json("PUT", rest("/group/deployer/members/" + id), "");
        HttpResponse<String> again = first.json("PUT", rest("/group/deployer/members/" + id), "");

        assertThat(proposed.statusCode()).isEqualTo(400);
        assertThat(proposed.body())
                .contains("it takes effect when another administrator makes the same change within 24 hours");
        assertThat(again.statusCode()).isEqualTo(400);
        assertThat(access.groupsOf(id)).containsExactly("qa");

        assertThat(second.json("PUT", rest("/group/deployer/members/" + id), "").statusCode())
                .isEqualTo(204);
        assertThat(access.groupsOf(id)).containsExactlyInAnyOrder("qa", "deployer");
        assertThat(second.json("DELETE", rest("/group/deployer/members/" + id), "")
                        .statusCode())
                .isEqualTo(204);
        assertThat(second.json("PUT", rest("/group/deployer/members/" + id), "").statusCode())
                .as("a proposal counts once")
                .isEqualTo(400);
    }

    @Test
    void aPasswordOfSomebodyElseIsSetByTwoAdministratorsTogetherAndTheOwnByOneself() {
        String id = crowd.id("forgot.password", "qa");
        Visitor first = admin("reset.first");
        Visitor second = admin("reset.second");
        String change = "{\"password\":\"%s\",\"authenticatedUserPassword\":\"%s\"}";
        String fresh = change.formatted("Fresh-secret-12!", Crowd.PASSWORD);

        assertThat(first.json("PUT", rest("/user/" + id + "/credentials"), fresh)
                        .statusCode())
                .isEqualTo(400);
        assertThat(Visitor.program(port, "forgot.password", Crowd.PASSWORD)
                        .get("/engine-rest/engine")
                        .statusCode())
                .isEqualTo(200);
        assertThat(second.json("PUT", rest("/user/" + id + "/credentials"), fresh)
                        .statusCode())
                .isEqualTo(204);

        Visitor owner = Visitor.program(port, "forgot.password", "Fresh-secret-12!");
        assertThat(owner.get("/engine-rest/engine").statusCode()).isEqualTo(200);
        assertThat(owner.json(
                                "PUT",
                                rest("/user/" + id + "/credentials"),
                                change.formatted("Owned-secret-12!", "Fresh-secret-12!"))
                        .statusCode())
                .isEqualTo(204);
        assertThat(Visitor.program(port, "forgot.password", "Owned-secret-12!")
                        .get("/engine-rest/engine")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aNewPasswordEndsTheSessionsOfTheOldOne() {
        String id = crowd.id("stolen.session", "qa");
        Visitor owner = Visitor.person(port, "stolen.session");
        Visitor thief = Visitor.person(port, "stolen.session");
        String change = "{\"password\":\"%s\",\"authenticatedUserPassword\":\"%s\"}";
        owner.with("X-CSRF-TOKEN", owner.token());

        assertThat(owner.json("PUT", rest("/user/" + id + "/credentials"), change.formatted("weak", Crowd.PASSWORD))
                        .statusCode())
                .isGreaterThanOrEqualTo(400);
        assertThat(thief.get("/engine-rest/engine").statusCode())
                .as("a password that is refused ends nothing")
                .isEqualTo(200);
        assertThat(owner.json(
                                "PUT",
                                rest("/user/" + id + "/credentials"),
                                change.formatted("Owned-secret-12!", Crowd.PASSWORD))
                        .statusCode())
                .isEqualTo(204);

        assertThat(thief.get("/engine-rest/engine").statusCode()).isEqualTo(401);
        assertThat(owner.get("/engine-rest/engine").statusCode()).isEqualTo(200);

        String given = change.formatted("Given-secret-12!", Crowd.PASSWORD);
        admin("ending.first").json("PUT", rest("/user/" + id + "/credentials"), given);
        assertThat(owner.get("/engine-rest/engine").statusCode())
                .as("a proposal ends nothing")
                .isEqualTo(200);
        assertThat(admin("ending.second")
                        .json("PUT", rest("/user/" + id + "/credentials"), given)
                        .statusCode())
                .isEqualTo(204);
        assertThat(owner.get("/engine-rest/engine").statusCode()).isEqualTo(401);
    }

    @Test
    void twoAdministratorsRemain() {
        access.asSystem(() -> {
            identities.createUserQuery().memberOfGroup("admin").list().stream()
                    .map(User::getId)
                    .filter(id -> !Set.of(adminId("first.admin"), adminId("second.admin"))
                            .contains(id))
                    .forEach(id -> identities.deleteMembership(id, "admin"));
            return true;
        });
        Visitor first = Visitor.program(port, "first.admin", "Test-only-1!");

        HttpResponse<String> answer = first.json("DELETE", rest("/group/admin/members/" + adminId("second.admin")), "");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("Two administrators must remain");
        assertThatThrownBy(() -> people.deactivate(adminId("first.admin")))
                .isInstanceOf(AccountRefused.class)
                .hasMessageContaining("Two administrators must remain");
        assertThat(people.find(adminId("first.admin")).orElseThrow().state()).isEqualTo(Person.State.ACTIVE);
    }

    private String adminId(String login) {
        return people.findByLogin(login).map(Person::id).orElseThrow();
    }

    @Test
    void anAccountOpenedInTheAdminApplicationGetsAnOpaqueIdAndNoRole() {
        Visitor admin = admin("opening.admin");

        HttpResponse<String> opened = admin.json(
                "POST",
                rest("/user/create"),
                "{\"profile\":{\"id\":\"New.Colleague\",\"firstName\":\"Nina\",\"lastName\":\"New\","
                        + "\"email\":\"nina@example.org\"},\"credentials\":{\"password\":\"Colleague-12!\"}}");

        assertThat(opened.statusCode()).as(opened.body()).isEqualTo(204);
    }

    @Test
    void theNewAccountSignsInByTheLoginThatWasTyped() {
        Visitor admin = admin("typing.admin");
        admin.json(
                "POST",
                rest("/user/create"),
                "{\"profile\":{\"id\":\"Typed.Login\",\"firstName\":\"Tina\",\"lastName\":\"Typed\","
                        + "\"email\":\"tina@example.org\"},\"credentials\":{\"password\":\"Secret-words-12!\"}}");

        Person person = people.findByLogin("typed.login").orElseThrow();

        assertThat(person.id()).matches("p[a-z2-7]{20}");
        assertThat(person.mail()).contains("tina@example.org");
        assertThat(people.name(person.id())).isEqualTo("Tina Typed");
        assertThat(access.groupsOf(person.id())).isEmpty();
        assertThat(identities.createUserQuery().userId("Typed.Login").count()).isZero();
        assertThat(Visitor.of(port)
                        .signIn("typed.login", "Secret-words-12!")
                        .headers()
                        .firstValue("Location"))
                .hasValueSatisfying(location -> assertThat(location).doesNotContain("/login"));
    }

    @Test
    void whoDoesNotLookAfterAccountsOpensNone() {
        crowd.id("opening.qa", "qa");
        Visitor qa = Visitor.program(port, "opening.qa", Crowd.PASSWORD);

        assertThat(qa.json("POST", rest("/user/create"), "{\"profile\":{\"id\":\"sock.puppet\"}}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(qa.json("PUT", rest("/group/admin/members/" + crowd.id("opening.qa")), "")
                        .statusCode())
                .isEqualTo(403);
        assertThat(people.findByLogin("sock.puppet")).isEmpty();
    }

    @Test
    void theEnginesOwnAdministratorsStayAmongThemselves() {
        Visitor first = admin("engine.first");
        Visitor second = admin("engine.second");
        String id = crowd.id("engine.person", "qa");

        first.json("PUT", rest("/group/camunda-admin/members/" + id), "");
        HttpResponse<String> answer = second.json("PUT", rest("/group/camunda-admin/members/" + id), "");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("stays empty");
        assertThatThrownBy(() -> identities.createMembership(id, "camunda-admin"))
                .isInstanceOf(AccountRefused.class);
        assertThat(identities.createUserQuery().memberOfGroup("camunda-admin").list())
                .extracting(User::getId)
                .containsExactly(RoleGroups.NOBODY);
    }

    @Test
    void nobodyRenamesOrDeletesHimself() {
        String id = crowd.id("renaming.qa", "qa");
        Visitor qa = Visitor.program(port, "renaming.qa", Crowd.PASSWORD);

        HttpResponse<String> renamed = qa.json(
                "PUT",
                rest("/user/" + id + "/profile"),
                "{\"id\":\"" + id + "\",\"firstName\":\"Some\",\"lastName\":\"Body\"}");

        assertThat(renamed.statusCode()).isEqualTo(400);
        assertThat(renamed.body()).contains("Your displayed name is changed by an administrator");
        assertThat(qa.json("DELETE", rest("/user/" + id), "").statusCode()).isEqualTo(403);
        assertThat(admin("deleting.admin")
                        .json("DELETE", rest("/user/" + id), "")
                        .statusCode())
                .isIn(400, 403);
        assertThat(people.name(id)).isEqualTo("Test renaming qa");
    }

    @Test
    void whatIdentifiesAPersonIsErasedAndTheIdStays() {
        String id = crowd.id("erased.qa", "qa");

        assertThatThrownBy(() -> people.erase(id)).hasMessageContaining("deactivate");
        people.deactivate(id);
        people.erase(id);

        Person person = people.find(id).orElseThrow();
        assertThat(person.state()).isEqualTo(Person.State.ERASED);
        assertThat(person.login()).isEqualTo(id);
        assertThat(person.mail()).isEmpty();
        assertThat(person.erasedAt()).isPresent();
        assertThat(people.name(id)).isEqualTo("[erased]");
        assertThat(people.findByLogin("erased.qa")).isEmpty();
        assertThat(identities.createUserQuery().userId(id).count()).isZero();
    }
}
