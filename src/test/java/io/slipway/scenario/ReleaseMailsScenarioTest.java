package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import io.slipway.Capability;
import io.slipway.communication.CommunicationRound;
import io.slipway.communication.MailZones;
import io.slipway.demo.SamplePeople;
import io.slipway.demo.SamplePeople.SamplePerson;
import io.slipway.platform.process.EngineAccess;
import io.slipway.platform.security.People;
import io.slipway.platform.security.Person;
import io.slipway.release.EnvironmentSites;
import io.slipway.release.ReleaseState;
import io.slipway.release.Role;
import io.slipway.testing.Visitor;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.history.HistoricIdentityLinkLog;
import org.camunda.bpm.engine.history.HistoricTaskInstance;
import org.camunda.bpm.engine.task.Task;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * Two releases and every mail about them: one goes well; the other is rejected, gets another window, goes live and is rolled back.
 * The mails go to a real server by SMTP.
 */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "slipway.data=target/data/${random.uuid}",
            "camunda.bpm.generate-unique-process-engine-name=true",
            "camunda.bpm.generate-unique-process-application-name=true",
            "camunda.bpm.job-execution.enabled=false",
            "slipway.workers.enabled=false",
            "slipway.communication.zone=Europe/Berlin"
        })
@ActiveProfiles("demo")
@Import({EngineByHand.class, Callers.class})
@DirtiesContext
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Capability({"6.1", "10.1"})
@SuppressWarnings("NullAway.Init")
class ReleaseMailsScenarioTest {

    private static final GreenMail SERVER = new GreenMail(ServerSetupTest.SMTP.dynamicPort());
    private static final String GOOD = "storefront-26.0.0";
    private static final String BAD = "storefront-26.1.0";
    private static final Pattern TASK_LINK = Pattern.compile("#/\\?task=([^\\s\"]+)");
    private static final String APPROVE = "userTask_approveChange";
    private static final String SIGN = "userTask_signClosure";

    @Autowired
    private ApplicationContext application;

    @Autowired
    private SamplePeople people;

    @Autowired
    private Callers callers;

    @Autowired
    private EngineByHand hand;

    @Autowired
    private CommunicationRound round;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private EnvironmentSites sites;

    @Autowired
    private HistoryService history;

    @Autowired
    private MailZones mailZones;

    @Autowired
    private TaskService tasks;

    @Autowired
    private EngineAccess access;

    @Autowired
    private People accounts;

    private final Map<String, Visitor> visitors = new HashMap<>();
    private Task reminded;
    private Task claimed;

    @DynamicPropertySource
    static void server(DynamicPropertyRegistry registry) {
        SERVER.start();
        registry.add("spring.mail.host", () -> "127.0.0.1");
        registry.add("spring.mail.port", () -> SERVER.getSmtp().getPort());
    }

    @BeforeAll
    void twoReleases() {
        sites.describe(
                "storefront",
                "production",
                new EnvironmentSites.Site(1, Duration.ZERO, Duration.ZERO, ZoneId.of("Asia/Tokyo"), Optional.empty()));
        mailZones.choose(callers.id("sam"), "America/Lima");
        ReleaseStory good = ReleaseStory.requestedBy(people.named("mara"), "26.0.0", "2.4.0", application)
                .movedBy(this::turn);
        reminded = good.awaited("userTask_supplyItems");
        HttpResponse<String> issue = callers.program("quinn")
                .json(
                        "POST",
                        "/api/v1/releases/" + GOOD + "/issues",
                        "{\"title\":\"Totals are late\",\"effect\":\"They take a minute.\",\"workaround\":\"Reload the page.\"}");
        assertThat(issue.statusCode()).as(issue.body()).isEqualTo(201);
        comesDue(reminded);
        claimed = good.goesOnTo("userTask_proposeWindow").awaited("userTask_proposeWindow");
        access.as(callers.id("mara"), () -> {
            tasks.claim(claimed.getId(), callers.id("mara"));
            return true;
        });
        moved(claimed, "remind_at");
        round.run();
        good.goesOnTo(ReleaseState.CLOSED);

        ReleaseStory bad = ReleaseStory.requestedBy(people.named("mara"), "26.1.0", "2.4.0", application)
                .movedBy(this::turn);
        bad.goesOnTo(APPROVE)
                .confirms("chiara", APPROVE, "REJECT")
                .completes(
                        "chiara",
                        APPROVE,
                        Map.of(
                                "approvalDecision",
                                "REJECT",
                                "approvalReason",
                                "Bcc: nobody@example.com ${7*7} <b>no</b>"));
        bad.goesOnTo(APPROVE);
        asked("mara", BAD, "reschedule");
        bad.goesOnTo(ReleaseState.VALIDATING);
        asked("oscar", BAD, "rollback");
        bad.completes(
                "mara",
                "userTask_decideNextStep",
                Map.of("rollbackDecision", "END", "rollbackReason", "Enough was seen."));
        bad.awaited(SIGN);
        bad.confirms("mara", SIGN, "ROLLED_BACK")
                .completes("mara", SIGN, Map.of("closureOutcome", "ROLLED_BACK", "closureNote", "It is told."));
        bad.goesOnTo(ReleaseState.CLOSED);
        round.run();
        round.run();
    }

    @AfterAll
    void stopsTheServer() {
        SERVER.stop();
    }

    /** Mails go out while the release goes on, as they do where the timer runs. */
    private void turn(String release) {
        hand.turn(release);
        round.run();
    }

    private void asked(String login, String release, String what) {
        HttpResponse<String> answer = callers.program(login)
                .json("POST", "/api/v1/releases/" + release + "/" + what, "{\"reason\":\"So the story wants it.\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    /** Lets the moment of the reminder pass, and then that of being due. */
    private void comesDue(Task task) {
        moved(task, "remind_at");
        round.run();
        moved(task, "due_at");
        round.run();
    }

    private void moved(Task task, String moment) {
        int rows = jdbc.sql("update task_watch set " + moment + " = ? where task_id = ?")
                .params(Timestamp.from(Instant.now().minusSeconds(86_400)), task.getId())
                .update();
        assertThat(rows).isEqualTo(1);
    }

    @Test
    void tellsEveryMomentOfAReleaseThatGoesWellOnceAndNoOther() throws Exception {
        assertThat(moments(GOOD))
                .isEqualTo(expected(
                        GOOD,
                        Map.of(
                                "is planned", "mara paul petra dora ravi quinn quirin sefa oscar sam",
                                "is approved", "mara paul petra dora ravi derek oscar",
                                "is being deployed to production", "mara oscar derek ines sam",
                                "is deployed to production", "mara paul petra oscar ines sam",
                                "has left hypercare", "mara paul petra oscar sam",
                                "is closed", "mara paul petra dora ravi quinn quirin oscar sam eva")));
    }

    @Test
    void tellsRejectionAnotherWindowAndRollbackOnce() throws Exception {
        Map<String, String> recipients = new HashMap<>();
        recipients.put("is planned", "mara paul petra dora ravi quinn quirin sefa oscar sam");
        recipients.put("is rejected", "mara paul petra dora ravi");
        recipients.put("has another window", "mara paul petra dora ravi quinn quirin sefa oscar derek sam");
        recipients.put("is approved", "mara paul petra dora ravi derek oscar");
        recipients.put("is being deployed to production", "mara oscar derek ines sam");
        recipients.put("is deployed to production", "mara paul petra oscar ines sam");
        recipients.put("is rolled back", "mara paul petra dora ravi oscar ines sam eva");
        recipients.put("is closed", "mara paul petra dora ravi quinn quirin oscar sam eva");
        Map<String, List<String>> told = moments(BAD);
        // A rejected release is scheduled again, and again after the request; each new window is a moment of its own.
        List<String> windows = told.remove(BAD + " has another window");
        List<String> once = sorted(recipients.remove("has another window"));
        assertThat(new TreeSet<>(windows)).isEqualTo(new TreeSet<>(once));
        assertThat(windows).hasSize(once.size() * windowChanges());
        assertThat(told).isEqualTo(expected(BAD, recipients));
    }

    private int windowChanges() {
        return jdbc.sql("select count(*) from release_window w join slipway_release r on r.id = w.release_id"
                                + " where r.release_key = ? and w.state = 'PLANNED'")
                        .param(BAD)
                        .query(Integer.class)
                        .single()
                - 1;
    }

    private static Map<String, List<String>> expected(String release, Map<String, String> recipients) {
        Map<String, List<String>> expected = new TreeMap<>();
        recipients.forEach((happened, logins) -> expected.put(release + " " + happened, sorted(logins)));
        return expected;
    }

    private static List<String> sorted(String logins) {
        return Arrays.stream(logins.split(" ", -1)).sorted().toList();
    }

    private Map<String, List<String>> moments(String release) throws MessagingException {
        Map<String, List<String>> told = new TreeMap<>();
        for (MimeMessage mail : SERVER.getReceivedMessages()) {
            if (mail.getSubject().startsWith(release + " ")) {
                told.computeIfAbsent(mail.getSubject(), subject -> new java.util.ArrayList<>())
                        .add(login(mail));
            }
        }
        told.values().forEach(logins -> logins.sort(null));
        return told;
    }

    private static String login(MimeMessage mail) throws MessagingException {
        assertThat(mail.getAllRecipients()).hasSize(1);
        String address = mail.getRecipients(Message.RecipientType.TO)[0].toString();
        assertThat(address).endsWith("@storefront.example");
        return address.substring(0, address.indexOf('@'));
    }

    @Test
    void everyMailHasBothPartsAndAnIdOfItsOwn() throws Exception {
        Set<String> ids = new LinkedHashSet<>();
        for (MimeMessage mail : SERVER.getReceivedMessages()) {
            assertThat(ids.add(mail.getMessageID())).as(mail.getSubject()).isTrue();
            assertThat(mail.getContentType()).startsWith("multipart/alternative");
            assertThat(text(mail)).contains(mail.getSubject());
            assertThat(Jsoup.parse(html(mail)).select("h1").text()).isEqualTo(mail.getSubject());
        }
        assertThat(ids).hasSizeGreaterThan(60);
    }

    private static String text(MimeMessage mail) throws MessagingException, IOException {
        return part(mail, 0, "text/plain");
    }

    private static String html(MimeMessage mail) throws MessagingException, IOException {
        return part(mail, 1, "text/html");
    }

    private static String part(MimeMessage mail, int index, String type) throws MessagingException, IOException {
        MimeMultipart parts = (MimeMultipart) mail.getContent();
        assertThat(parts.getCount()).isEqualTo(2);
        assertThat(parts.getBodyPart(index).getContentType()).startsWith(type);
        return parts.getBodyPart(index).getContent().toString();
    }

    @Test
    void everyTimeIsToldInTheZoneOfTheReaderAndInThatOfTheSite() throws Exception {
        Pattern time = Pattern.compile("(?<![\\d:])\\d{1,2}:\\d{2}(?![\\d:])");
        Set<String> zones = new TreeSet<>();
        for (MimeMessage mail : SERVER.getReceivedMessages()) {
            String zone = login(mail).equals("sam") ? "America/Lima" : "Europe/Berlin";
            for (String part : List.of(text(mail), Jsoup.parse(html(mail)).text())) {
                Matcher found = time.matcher(part);
                while (found.find()) {
                    String behind = part.substring(found.end(), Math.min(part.length(), found.end() + 160));
                    assertThat(behind)
                            .as(mail.getSubject() + " … "
                                    + part.substring(Math.max(0, found.start() - 30), found.end()))
                            .matches(Pattern.compile(
                                    "( to \\d{1,2} \\w{3} \\d{4}, \\d\\d:\\d\\d)? (" + zone
                                            + " \\(at the site .* Asia/Tokyo\\)|Asia/Tokyo\\)).*",
                                    Pattern.DOTALL));
                    zones.add(zone);
                }
                assertThat(part).contains("Times are in " + zone + ", your zone; the site is in Asia/Tokyo");
                assertThat(part).doesNotContainPattern("\\d{4}-\\d{2}-\\d{2}T\\d{2}:");
            }
        }
        assertThat(zones).containsExactly("America/Lima", "Europe/Berlin");
    }

    @Test
    void everyLinkLeadsItsRecipientToThePageThatItNames() throws Exception {
        Map<String, Map<String, Set<String>>> links = new LinkedHashMap<>();
        for (MimeMessage mail : SERVER.getReceivedMessages()) {
            Map<String, Set<String>> own = links.computeIfAbsent(login(mail), login -> new LinkedHashMap<>());
            Document letter = Jsoup.parse(html(mail));
            Set<String> plain = text(mail)
                    .lines()
                    .filter(line -> line.contains(": http"))
                    .map(line -> line.substring(line.indexOf(": http") + 2))
                    .collect(Collectors.toSet());
            assertThat(letter.select("a").eachAttr("href"))
                    .as("links in both parts of " + mail.getSubject())
                    .isNotEmpty()
                    .containsExactlyInAnyOrderElementsOf(plain);
            letter.select("a").forEach(link -> own.computeIfAbsent(link.attr("href"), href -> new LinkedHashSet<>())
                    .add(mailSubject(mail)));
        }
        assertThat(links.values().stream().flatMap(all -> all.keySet().stream()))
                .hasSizeGreaterThan(30);
        for (Map.Entry<String, Map<String, Set<String>>> person : links.entrySet()) {
            for (Map.Entry<String, Set<String>> link : person.getValue().entrySet()) {
                leads(person.getKey(), link.getKey(), link.getValue());
            }
        }
    }

    private void leads(String login, String link, Set<String> subjects) {
        String path = path(link);
        HttpResponse<String> answer = visitor(login).get(path);
        assertThat(answer.statusCode()).as(login + " " + path).isEqualTo(200);
        if (path.startsWith("/camunda/app/tasklist/")) {
            String task = link.substring(link.indexOf("#/?task=") + "#/?task=".length());
            HistoricTaskInstance told = access.asSystem(
                    () -> history.createHistoricTaskInstanceQuery().taskId(task).singleResult());
            assertThat(told).as("the task of " + link).isNotNull();
            assertThat(subjects).as(link).allMatch(subject -> subject.contains(told.getName()));
            assertThat(answer.body()).contains("Tasklist");
        } else if (path.startsWith("/acknowledge/")) {
            assertThat(answer.body()).as(path).contains("I have read it");
        } else {
            String key = subjects.stream().allMatch(subject -> subject.contains(BAD)) ? BAD : GOOD;
            assertThat(path).as(String.join(", ", subjects)).startsWith("/releases/" + key);
            assertThat(Jsoup.parse(answer.body()).select("main").text())
                    .as(login + " " + path)
                    .contains(key);
        }
    }

    private static String mailSubject(MimeMessage mail) {
        try {
            return mail.getSubject();
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everyMailOfATaskSaysWhatWhyUntilWhenAndWhereAndComesOnce() throws Exception {
        Set<String> told = new LinkedHashSet<>();
        Pattern task = Pattern.compile("#/\\?task=([\\w-]+)");
        for (MimeMessage mail : SERVER.getReceivedMessages()) {
            String text = text(mail);
            Matcher found = task.matcher(text);
            if (!found.find()) {
                continue;
            }
            String kind = mail.getSubject().replaceAll("^(Reminder|Overdue): .*", "$1");
            assertThat(told.add(
                            found.group(1) + " " + login(mail) + " " + (kind.equals(mail.getSubject()) ? "" : kind)))
                    .as("once: " + mail.getSubject() + " to " + login(mail))
                    .isTrue();
            assertThat(text).as(mail.getSubject()).contains("About: ").containsPattern("(Until|Was due): \\d");
            String why = text.substring(
                    text.indexOf(mail.getSubject()) + mail.getSubject().length(), text.indexOf("About: "));
            assertThat(why.lines().filter(line -> line.strip().length() > 20))
                    .as("why: " + text)
                    .isNotEmpty();
            assertThat(text).contains("because you hold a role that this task is for, or stand in for it");
        }
        assertThat(told).hasSizeGreaterThan(40);
    }

    private Visitor visitor(String login) {
        return visitors.computeIfAbsent(login, callers::person);
    }

    /** The test listens on another port than the one that the settings name. */
    private static String path(String link) {
        URI address = URI.create(link);
        assertThat(address.isAbsolute()).isTrue();
        return address.getRawPath() + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery());
    }

    @Test
    void everyTaskFindsItsCandidates() throws Exception {
        Map<String, Set<String>> told = new TreeMap<>();
        for (MimeMessage mail : SERVER.getReceivedMessages()) {
            if (mail.getSubject().endsWith(": " + GOOD)) {
                told.computeIfAbsent(mail.getSubject(), subject -> new TreeSet<>())
                        .add(login(mail));
            }
        }
        assertThat(told)
                .containsEntry("Supply items: " + GOOD, Set.of("mara", "paul", "petra"))
                .containsEntry("Confirm scope: " + GOOD, Set.of("paul", "petra"))
                .containsEntry("Approve change: " + GOOD, Set.of("chiara", "carl"))
                .containsEntry("Supply files: " + GOOD, Set.of("dora", "ravi"))
                .containsEntry("Accept go or no-go: " + GOOD, Set.of("derek"));
        String first = text(sent("Supply items: " + GOOD, "paul"));
        assertThat(first)
                .contains("/camunda/app/tasklist/", "#/?task=" + reminded.getId(), "/releases/" + GOOD)
                .contains("Europe/Berlin", "Until: ");
    }

    private MimeMessage sent(String subject, String login) throws MessagingException {
        List<MimeMessage> found = new java.util.ArrayList<>();
        for (MimeMessage mail : SERVER.getReceivedMessages()) {
            if (mail.getSubject().equals(subject) && login(mail).equals(login)) {
                found.add(mail);
            }
        }
        assertThat(found).as(subject + " to " + login).hasSize(1);
        return found.get(0);
    }

    @Test
    void remindsOnceAndTellsTheDeputyWhenItIsDue() throws Exception {
        assertThat(text(sent("Reminder: Supply items: " + GOOD, "paul"))).contains("Nobody has taken this task yet");
        assertThat(text(sent("Reminder: Supply items: " + GOOD, "mara"))).contains(reminded.getId());
        assertThat(recipients("Overdue: Supply items: " + GOOD))
                .as("deputies of product owner and release manager")
                .containsExactly("carl", "chiara", "mara");
        assertThat(recipients("Reminder: Propose window: " + GOOD))
                .as("whoever took a task is reminded alone")
                .containsExactly("mara");
        assertThat(text(sent("Reminder: Propose window: " + GOOD, "mara")))
                .contains("You have taken this task", "#/?task=" + claimed.getId());
    }

    private List<String> recipients(String subject) throws MessagingException {
        List<String> logins = new java.util.ArrayList<>();
        for (MimeMessage mail : SERVER.getReceivedMessages()) {
            if (mail.getSubject().equals(subject)) {
                logins.add(login(mail));
            }
        }
        return logins.stream().sorted().toList();
    }

    @Test
    void whatPeopleTypedIsTextAndNothingElse() throws Exception {
        MimeMessage mail = sent(BAD + " is rejected", "paul");
        assertThat(text(mail)).contains("Bcc: nobody@example.com ${7*7} <b>no</b>");
        assertThat(Jsoup.parse(html(mail)).select("b")).isEmpty();
        assertThat(Jsoup.parse(html(mail)).text()).contains("${7*7} <b>no</b>").doesNotContain("49 <b>");
        assertThat(mail.getHeader("Bcc")).isNull();
    }

    @Test
    void eachAudienceReadsItsOwnAndThenOnlyWhatIsNew() throws Exception {
        String operations = text(sent(GOOD + " is planned", "oscar"));
        String desk = text(sent(GOOD + " is planned", "sam"));
        assertThat(operations).contains("The release", "Version: 26.0.0", "Class: ");
        assertThat(desk).contains("The release", "Version: 26.0.0").doesNotContain("Class: ");
        String later = text(sent(GOOD + " is closed", "sam"));
        assertThat(later)
                .contains("Changed since you were last told", "State is now: Closed")
                .doesNotContain("Version: 26.0.0");
    }

    @Test
    void whoeverHearsOfAReleaseForTheFirstTimeReadsAllOfIt() throws Exception {
        assertThat(text(sent(GOOD + " is approved", "derek")))
                .contains("The release", "Version: 26.0.0", "Known issue", "Workaround: Reload the page.")
                .doesNotContain("Changed since you were last told");
        assertThat(text(sent(GOOD + " is being deployed to production", "ines")))
                .contains("The release", "Version: 26.0.0", "Workaround: Reload the page.");
        assertThat(text(sent(GOOD + " is being deployed to production", "derek")))
                .as("what was told before is not told again")
                .contains("Changed since you were last told")
                .doesNotContain("Workaround");
        assertThat(text(sent(BAD + " is rolled back", "eva")))
                .contains("Cause: It was asked for: So the story wants it.", "State is now: Rolled back");
    }

    /** The link names the task behind a stroke that no server sees, so that only the engine can tell what it leads to. */
    @Test
    void theLinkOfATaskLeadsToThatVeryTaskAndToWhoeverMayTakeIt() throws Exception {
        int followed = 0;
        for (MimeMessage mail : SERVER.getReceivedMessages()) {
            Matcher link = TASK_LINK.matcher(text(mail));
            if (!link.find()) {
                continue;
            }
            String subject = mail.getSubject();
            HistoricTaskInstance task = access.asSystem(() -> history.createHistoricTaskInstanceQuery()
                    .taskId(link.group(1))
                    .singleResult());
            assertThat(task).as(subject).isNotNull();
            String about = access.asSystem(() -> history.createHistoricProcessInstanceQuery()
                    .processInstanceId(task.getProcessInstanceId())
                    .singleResult()
                    .getBusinessKey());
            String asked = subject.replaceFirst("^(Reminder|Overdue): ", "");
            assertThat(asked).isEqualTo(task.getName() + ": " + about);
            assertThat(link.find()).as("one task a mail").isFalse();
            if (asked.equals(subject)) {
                Set<String> offered = access.asSystem(() ->
                        history
                                .createHistoricIdentityLinkLogQuery()
                                .taskId(task.getId())
                                .type("candidate")
                                .list()
                                .stream()
                                .map(HistoricIdentityLinkLog::getGroupId)
                                .collect(Collectors.toSet()));
                assertThat(accounts.members(offered).keySet().stream().map(Person::login))
                        .as(subject)
                        .contains(login(mail));
            }
            followed++;
        }
        assertThat(followed).isGreaterThan(30);
    }

    @Test
    void everyRoleOfTheListIsSomebodyOfTheSample() {
        assertThat(people.all().stream().map(SamplePerson::role).collect(Collectors.toSet()))
                .containsAll(Set.of(Role.RELEASE_MANAGER, Role.SERVICE_DESK, Role.EXECUTIVE, Role.INCIDENT_MANAGER));
    }
}
