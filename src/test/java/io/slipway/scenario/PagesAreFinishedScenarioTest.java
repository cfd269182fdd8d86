package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.Capability;
import io.slipway.browser.Chromium;
import io.slipway.demo.SamplePeople;
import io.slipway.scenario.FinishedPages.Screen;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/**
 * Every page that people of several roles reach by following links, on a desk and on a phone, in light and in dark: nothing is wider
 * than the screen, the browser refuses nothing, and axe-core finds nothing serious. The pictures lie in {@code target/screens/pages}.
 */
@GuardedApplication
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
@Capability("X7")
class PagesAreFinishedScenarioTest {

    private static final String VERSION = "9.78.0";
    private static final String KEY = "storefront-" + VERSION;

    /** Between them they may see every page. */
    private static final List<String> VISITORS = List.of("mara", "pia", "aldo", "ines", "sefa", "ada");

    private static final int MOST_PAGES = 90;

    /** Pages of a release that a link leads to only when its list is long. */
    private static final List<String> OF_A_RELEASE =
            List.of("packaging", "comments", "history", "processes", "feedback", "audit");

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    @LocalServerPort
    private int port;

    @Autowired
    private ApplicationContext application;

    @Autowired
    private SamplePeople people;

    @Autowired
    private EngineByHand hand;

    @Autowired
    private Callers callers;

    private final Set<String> seen = new TreeSet<>();
    private FinishedPages pages;

    @BeforeAll
    void beginARelease() {
        pages = new FinishedPages(CHROMIUM, port);
        ReleaseStory.requestedBy(people.named("mara"), VERSION, "2.4.0", application)
                .movedBy(hand::turn)
                .goesOnTo("userTask_attestExitCriteria");
    }

    @AfterAll
    void nothingIsLeftBehind() {
        callers.program("mara")
                .json("POST", "/api/v1/releases/" + KEY + "/cancel", callers.write(Map.of("reason", "It was seen.")));
        hand.turn(KEY);
    }

    @Test
    void everyPageIsFinishedOnEveryScreen() {
        for (String login : VISITORS) {
            pages.signIn(login);
            Deque<String> ahead = new ArrayDeque<>(List.of("/releases", "/", "/releases/" + KEY));
            if (login.equals("mara")) {
                OF_A_RELEASE.forEach(part -> ahead.add("/releases/" + KEY + "/" + part));
                ahead.addAll(List.of("/reports/storefront", "/delegations"));
            }
            if (login.equals("pia")) {
                ahead.add("/models/process/approve-change/1");
            }
            Set<String> taken = new TreeSet<>();
            while (!ahead.isEmpty() && seen.size() < MOST_PAGES) {
                String path = ahead.poll();
                String shape = FinishedPages.shape(path);
                if (!taken.add(shape)) {
                    continue;
                }
                if (refused(login, path) || !seen.add(shape)) {
                    pages.open(path, FinishedPages.SCREENS.get(0));
                } else {
                    for (Screen screen : FinishedPages.SCREENS) {
                        pages.look(path, screen, shape);
                    }
                }
                ahead.addAll(pages.links());
            }
        }
        assertThat(seen).hasSizeGreaterThan(36).hasSizeLessThan(MOST_PAGES);
        assertThat(pages.faults()).isEmpty();
    }

    /** An administrator has no part in releases. */
    private static boolean refused(String login, String path) {
        return login.equals("ada") && path.startsWith("/releases");
    }
}
