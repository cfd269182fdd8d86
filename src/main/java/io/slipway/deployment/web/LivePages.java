package io.slipway.deployment.web;

import io.slipway.deployment.live.LiveState;
import io.slipway.deployment.live.LiveStreams;
import io.slipway.deployment.live.LiveView;
import io.slipway.platform.web.Viewer;
import io.slipway.release.NotFound;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.Releases;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.security.Principal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The page on which operations watch a release go to production, and on which it replays afterwards. */
@Controller
class LivePages {

    private final LiveView view;
    private final LiveStreams streams;
    private final Releases releases;

    LivePages(LiveView view, LiveStreams streams, Releases releases) {
        this.view = view;
        this.streams = streams;
        this.releases = releases;
    }

    @GetMapping("/releases/{key}/live")
    String page(@PathVariable String key, @RequestParam(defaultValue = "") String at, Viewer viewer, Model model) {
        fill(release(key), at, viewer, model);
        return "deployment/live";
    }

    /** The part of the page that changes. */
    @GetMapping("/releases/{key}/live/sheet")
    String sheet(@PathVariable String key, @RequestParam(defaultValue = "") String at, Viewer viewer, Model model) {
        fill(release(key), at, viewer, model);
        return "deployment/live-parts :: sheet";
    }

    /** Tells, as server-sent events, whenever the page has changed; whoever does not ask for events hears the present once. */
    @GetMapping(value = "/releases/{key}/live/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @ResponseBody
    SseEmitter events(@PathVariable String key, Viewer viewer, HttpServletRequest request) throws IOException {
        Release release = release(key);
        String wanted = String.valueOf(request.getHeader(HttpHeaders.ACCEPT));
        if (!wanted.contains(MediaType.TEXT_EVENT_STREAM_VALUE)) {
            SseEmitter once = new SseEmitter();
            once.send(SseEmitter.event()
                    .name("state")
                    .data(view.of(release, viewer.person()).state(), MediaType.TEXT_PLAIN));
            once.complete();
            return once;
        }
        HttpSession session = request.getSession(false);
        return streams.open(release, viewer.person(), session == null ? null : session.getId());
    }

    @GetMapping("/api/v1/releases/{key}/live")
    @ResponseBody
    LiveState state(@PathVariable String key, @RequestParam(defaultValue = "") String at, Principal principal) {
        LiveState state = view.of(release(key), principal.getName());
        return at.isEmpty() ? state : state.at(moment(at));
    }

    private void fill(Release release, String at, Viewer viewer, Model model) {
        LiveState now = view.of(release, viewer.person());
        List<Instant> moments = now.moments();
        LiveState shown = at.isEmpty() ? now : now.at(moment(at));
        model.addAttribute("release", release);
        model.addAttribute("live", shown);
        model.addAttribute("chart", TrafficChart.of(shown.looks()));
        model.addAttribute("at", at);
        model.addAttribute("moments", moments);
        model.addAttribute(
                "earlier",
                at.isEmpty()
                        ? last(moments)
                        : moments.stream()
                                .filter(moment -> moment.isBefore(moment(at)))
                                .reduce((first, second) -> second)
                                .orElse(null));
        model.addAttribute(
                "later",
                at.isEmpty()
                        ? null
                        : moments.stream()
                                .filter(moment -> moment.isAfter(moment(at)))
                                .findFirst()
                                .orElse(null));
    }

    private static @org.jspecify.annotations.Nullable Instant last(List<Instant> moments) {
        return moments.isEmpty() ? null : moments.get(moments.size() - 1);
    }

    private static Instant moment(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new Refused("at", "Please give the moment as 2026-03-14T15:04:05Z.");
        }
    }

    private Release release(String key) {
        return releases.find(key).orElseThrow(() -> new NotFound("release", key));
    }
}
