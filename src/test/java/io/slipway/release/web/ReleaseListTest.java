package io.slipway.release.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.slipway.Capability;
import io.slipway.release.Release;
import io.slipway.release.StoredIds;
import io.slipway.testing.CountedStatements;
import jakarta.servlet.http.Cookie;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.MockMvc;

@PagesTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class ReleaseListTest {

    @Autowired
    private MockMvc mvc;

    @Autowired
    private PagesStory.Steps story;

    @Autowired
    private JdbcTemplate jdbc;

    private String manager;
    private String owner;
    private String developerElsewhere;
    private String admin;

    @BeforeAll
    void begin() {
        story.models();
        story.system("listed", "Listed system");
        story.system("elsewhere", "Elsewhere");
        manager = story.person("Lara List", "release-manager");
        owner = story.person("Otto Owner", "product-owner@listed");
        developerElsewhere = story.person("Dora Developer", "developer@elsewhere");
        admin = story.person("Adam Account", "admin");
    }

    private void insert(String system, int from, int number, String title) {
        Instant begin = Instant.parse("2026-01-01T00:00:00Z");
        jdbc.batchUpdate(
                "insert into slipway_release (id, release_key, system_key, version, title, urgency, state, on_hold, requested_by,"
                        + " requested_at, lock_version) values (?, ?, ?, ?, ?, 'NORMAL', 'DRAFT', false, ?, ?, 0)",
                IntStream.range(from, from + number)
                        .mapToObj(i -> new Object[] {
                            StoredIds.bytes(UUID.randomUUID()),
                            system + "-9." + i + ".0",
                            system,
                            "9." + i + ".0",
                            title + " " + i,
                            manager,
                            Timestamp.from(begin.plusSeconds(i))
                        })
                        .toList());
    }

    private Document page(String address, String person) throws Exception {
        return Jsoup.parse(mvc.perform(get(address).with(user(person)))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString());
    }

    private static List<String> keys(Document page) {
        return page.select("table.releases a.key").eachText();
    }

    @Test
    @Capability({"X6", "10.3"})
    void showsAPageOfAThousandReleasesInFiveStatementsOfOurs() throws Exception {
        story.system("bulk", "Bulk");
        insert("bulk", 0, 1000, "Bulk delivery");
        Release waiting = story.release("bulk", "Waits for somebody", manager);
        page("/releases?system=bulk", manager);

        List<String> statements = CountedStatements.during(() -> {
            Document page = page("/releases?system=bulk", manager);
            assertThat(keys(page)).hasSize(25).contains(waiting.key());
            assertThat(page.select(".paging .count").text()).isEqualTo("1–25 of more than 100");
        });

        // The chain of security finds out whether the person may sign in and with which groups; the rest is the page's.
        assertThat(statements.stream().filter(CountedStatements::ofThePage)).hasSizeLessThanOrEqualTo(5);
    }

    @Test
    void pagesThroughAllReleasesWithoutRepeatingOne() throws Exception {
        story.system("paged", "Paged");
        insert("paged", 0, 60, "Paged delivery");

        List<String> first = keys(page("/releases?system=paged", manager));
        List<String> second = keys(page("/releases?system=paged&page=1", manager));
        Document last = page("/releases?system=paged&page=2", manager);

        assertThat(first).hasSize(25).startsWith("paged-9.59.0");
        assertThat(second).hasSize(25).startsWith("paged-9.34.0");
        assertThat(keys(last)).hasSize(10).endsWith("paged-9.0.0");
        assertThat(last.select(".paging a[rel=next]")).isEmpty();
        assertThat(last.select(".paging a[rel=prev]").attr("href"))
                .isEqualTo("/releases?state=&system=paged&text=&sort=requested,desc&page=1");
    }

    @Test
    void pagesOnBehindTheRowsThatAreCounted() throws Exception {
        story.system("long", "Long");
        insert("long", 0, 126, "Long delivery");

        assertThat(ends("/releases?system=long&page=3")).containsExactly("76–100 of more than 100", "page=2", "page=4");
        assertThat(ends("/releases?system=long&page=4"))
                .containsExactly("101–125 of more than 125", "page=3", "page=5");
        assertThat(ends("/releases?system=long&page=5")).containsExactly("126–126 of 126", "page=4", "");
        assertThat(page("/releases?system=long", manager)
                        .select("[role=status]")
                        .text())
                .isEqualTo("more than 100 releases found");
    }

    private List<String> ends(String address) throws Exception {
        Document page = page(address, manager);
        return List.of(
                page.select(".paging .count").text(),
                page.select(".paging a[rel=prev]").attr("href").replaceAll(".*&", ""),
                page.select(".paging a[rel=next]").attr("href").replaceAll(".*&", ""));
    }

    @Test
    @Capability("10.3")
    void saysWhomAReleaseWaitsForAndSinceWhen() throws Exception {
        Release release = story.release("listed", "Waits for the owner", manager);

        Element row = row(page("/releases?system=listed", manager), release);

        assertThat(row.select(".waits strong").text()).isEqualTo("Product owner or Release manager");
        assertThat(row.select(".waits .quiet").text()).startsWith("Decide page, since ");
        assertThat(row.select(".waits time").attr("title")).endsWith("UTC");
        assertThat(row.select(".badge").text()).isEqualTo("Draft");
        assertThat(row.select(".phase").text()).isEqualTo("Prepare content");

        story.access().as(manager, () -> {
            story.tasks().claim(story.task(release).getId(), manager);
            return true;
        });
        assertThat(row(page("/releases?system=listed", manager), release)
                        .select(".waits strong")
                        .text())
                .isEqualTo("Lara List");
    }

    private static Element row(Document page, Release release) {
        return page.select("table.releases tbody tr").stream()
                .filter(row -> row.select("a.key").text().equals(release.key()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void filtersByStateSystemAndBeginningsOfWords() throws Exception {
        story.system("filtered", "Filtered");
        Release wanted = story.release("filtered", "Quantity Discount for baskets", manager);
        Release other = story.release("filtered", "Sorting of products", manager);

        assertThat(keys(page("/releases?system=filtered&text=discount quant", manager)))
                .containsExactly(wanted.key());
        assertThat(keys(page("/releases?text=" + other.key(), manager))).containsExactly(other.key());
        assertThat(keys(page("/releases?system=filtered&text=iscount", manager)))
                .isEmpty();
        assertThat(keys(page("/releases?system=filtered&text=%25", manager))).isEmpty();
        assertThat(keys(page("/releases?system=filtered&state=OPEN", manager)))
                .containsExactly(other.key(), wanted.key());
        assertThat(keys(page("/releases?system=filtered&state=CLOSED", manager)))
                .isEmpty();
        assertThat(keys(page("/releases?system=filtered&sort=key,asc", manager)))
                .isSorted();
        assertThat(page("/releases?system=filtered&state=CLOSED", manager)
                        .select(".empty h2")
                        .text())
                .isEqualTo("No release matches");
    }

    @Test
    @Capability("8.4")
    void showsOnlyTheReleasesOfOwnSystemsToOwnersAndDevelopers() throws Exception {
        Release listed = story.release("listed", "Only for those of this system", manager);

        assertThat(keys(page("/releases?system=listed", owner))).contains(listed.key());
        assertThat(keys(page("/releases?system=elsewhere", owner))).isEmpty();
        assertThat(keys(page("/releases", developerElsewhere))).isEmpty();
        assertThat(page("/releases", developerElsewhere).select(".empty").text())
                .contains("No release yet");
    }

    @Test
    void offersARequestToReleaseManagersOnly() throws Exception {
        assertThat(page("/releases", manager).select("a[href=/releases/new]")).isNotEmpty();
        assertThat(page("/releases", owner).select("a[href=/releases/new]")).isEmpty();
    }

    @Test
    void leadsEverybodyToTheFirstPlaceOfTheirRoles() throws Exception {
        mvc.perform(get("/").with(user(manager))).andExpect(redirectedUrl("/releases"));
        mvc.perform(get("/").with(user(admin)))
                .andExpect(result ->
                        assertThat(result.getResponse().getRedirectedUrl()).startsWith("/camunda/app/admin/"));
        assertThat(page("/releases", manager).select(".places > a").eachText())
                .containsExactly("Releases", "My tasks", "Operations", "Calendar", "Obligations");
        assertThat(page("/releases", manager).select(".places .menu a").eachText())
                .contains("Quality", "Versions", "Reports")
                .doesNotContain("People", "Models");
        assertThat(page("/releases", owner).select(".places > a").eachText())
                .startsWith("Releases", "My tasks", "Calendar")
                .doesNotContain("Operations");
        assertThat(page("/releases", manager).select(".places a[aria-current]").text())
                .isEqualTo("Releases");
        assertThat(page("/releases", manager).select(".who strong").text()).isEqualTo("Lara List");
    }

    @Test
    void writesTimesInTheZoneThatTheBrowserNamesAndInUtcForNonsense() throws Exception {
        Release release = story.release("listed", "Has a window", manager);
        jdbc.update(
                "update slipway_release set window_start = ?, window_end = ? where release_key = ?",
                Timestamp.from(Instant.parse("2026-07-01T20:00:00Z")),
                Timestamp.from(Instant.parse("2026-07-01T22:30:00Z")),
                release.key());

        assertThat(window(release, "Asia%2FTokyo")).isEqualTo("2 Jul 2026, 05:00 – 07:30 JST");
        assertThat(window(release, "America/New_York")).isEqualTo("1 Jul 2026, 16:00 – 18:30 EDT");
        assertThat(window(release, "<script>")).isEqualTo("1 Jul 2026, 20:00 – 22:30 UTC");
    }

    private String window(Release release, String zone) throws Exception {
        return row(
                        Jsoup.parse(mvc.perform(get("/releases?system=listed")
                                        .cookie(new Cookie("zone", zone))
                                        .with(user(manager)))
                                .andReturn()
                                .getResponse()
                                .getContentAsString()),
                        release)
                .select(".window")
                .text();
    }

    @Test
    void textThatSomebodyTypedStaysText() throws Exception {
        story.release("listed", "<script>alert('x')</script> \"quoted\" ${7*7}", manager);

        mvc.perform(get("/releases")
                        .param("text", "\"><script>alert(1)</script>")
                        .with(user(manager)))
                .andExpect(content().string(not(containsString("<script>alert"))));
        mvc.perform(get("/releases?system=listed").with(user(manager)))
                .andExpect(content().string(not(containsString("<script>alert"))))
                .andExpect(content().string(containsString("&lt;script&gt;alert(&#39;x&#39;)")))
                .andExpect(content().string(containsString("${7*7}")));
    }

    @Test
    void refusesFiltersThatNameNothingWithAPageThatSaysSo() throws Exception {
        mvc.perform(get("/releases?state=NOWHERE").with(user(manager)))
                .andExpect(status().isBadRequest())
                .andExpect(content().string(containsString("There is no state")));
        mvc.perform(get("/releases?sort=title").with(user(manager))).andExpect(status().isBadRequest());
        mvc.perform(get("/releases?page=-1").with(user(manager))).andExpect(status().isBadRequest());
        mvc.perform(get("/releases?page=x").with(user(manager))).andExpect(status().isBadRequest());
    }
}
