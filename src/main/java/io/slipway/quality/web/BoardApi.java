package io.slipway.quality.web;

import io.slipway.platform.web.Viewer;
import io.slipway.quality.board.BoardVote;
import io.slipway.quality.board.BoardVotes;
import io.slipway.release.Reader;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseDesk;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Votes of the board for programs. */
@RestController
@RequestMapping("/api/v1/releases/{key}/quality/votes")
class BoardApi {

    private final ReleaseDesk desk;
    private final BoardVotes votes;

    BoardApi(ReleaseDesk desk, BoardVotes votes) {
        this.desk = desk;
        this.votes = votes;
    }

    /** A ballot as a program hands it in. */
    record BallotEntry(
            @Nullable String choice,
            @Nullable String reason,
            @Nullable String condition) {}

    /** Votes over the gates of the release, the last first. */
    @GetMapping
    List<BoardVote> of(@PathVariable String key, Viewer viewer) {
        return votes.of(release(key, viewer));
    }

    /** Casts the ballot of whoever asks. */
    @PostMapping("/{number}/ballots")
    BoardVote cast(
            @PathVariable String key, @PathVariable long number, @RequestBody BallotEntry ballot, Viewer viewer) {
        Release release = release(key, viewer);
        votes.requireMember(release, viewer.person());
        return votes.cast(
                release,
                number,
                choice(ballot.choice()),
                text(ballot.reason()),
                text(ballot.condition()),
                viewer.person());
    }

    static BoardVote.Choice choice(@Nullable String text) {
        return Arrays.stream(BoardVote.Choice.values())
                .filter(choice -> choice.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new Refused("choice", "'choice' must be one of SHIP, DELAY, DESCOPE."));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private Release release(String key, Viewer viewer) {
        return desk.get(key, new Reader(viewer.person(), viewer.groups()));
    }
}
