package io.slipway.quality.board;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A vote of the board over a failed gate.
 *
 * @param number number among all votes
 * @param release key of the release
 * @param environment key of the environment whose gate failed
 * @param verdict number of the failed verdict
 * @param question what the board is asked
 * @param endsAt when its time box ends
 * @param quorum fewest ballots with which it decides
 * @param outcome what the board decided; empty while it votes
 * @param ballots who said what, in order; nothing is left out, so that dissent is on record
 */
public record BoardVote(
        long number,
        String release,
        String environment,
        long verdict,
        String question,
        Instant openedAt,
        Instant endsAt,
        int quorum,
        Optional<Outcome> outcome,
        Optional<Instant> concludedAt,
        Optional<String> summary,
        List<Ballot> ballots) {

    /** Keeps a copy of the list. */
    public BoardVote {
        ballots = List.copyOf(ballots);
    }

    /** The same vote with what was cast in it. */
    BoardVote with(List<Ballot> cast) {
        return new BoardVote(
                number,
                release,
                environment,
                verdict,
                question,
                openedAt,
                endsAt,
                quorum,
                outcome,
                concludedAt,
                summary,
                cast);
    }

    /** What the board can choose. */
    public enum Choice {
        SHIP("Ship with the known issue"),
        DELAY("Delay the release"),
        DESCOPE("Take what is broken out of the scope");

        private final String label;

        Choice(String label) {
            this.label = label;
        }

        /** The words that people read. */
        public String label() {
            return label;
        }
    }

    /** What came of it. */
    public enum Outcome {
        SHIP("Ship with the known issue"),
        DELAY("Delay the release"),
        DESCOPE("Take what is broken out of the scope"),
        NONE("No decision: a meeting is needed");

        private final String label;

        Outcome(String label) {
            this.label = label;
        }

        /** The words that people read. */
        public String label() {
            return label;
        }
    }

    /**
     * What one member said.
     *
     * @param condition what has to be done when it ships; empty for none
     */
    public record Ballot(String person, Choice choice, String reason, String condition, Instant castAt) {}

    /** Whether ballots are taken. */
    public boolean open() {
        return outcome.isEmpty();
    }

    /** What the ballots say: the choice with the most of them, if there are enough and no other has as many. */
    Outcome counted() {
        if (ballots.size() < quorum) {
            return Outcome.NONE;
        }
        Outcome leading = Outcome.NONE;
        long most = 0;
        boolean tied = false;
        for (Choice choice : Choice.values()) {
            long cast = votes(choice);
            if (cast > most) {
                most = cast;
                leading = Outcome.valueOf(choice.name());
                tied = false;
            } else if (cast == most) {
                tied = true;
            }
        }
        return tied ? Outcome.NONE : leading;
    }

    /** Until when the process waits for ballots: not at all when the quorum has agreed before it began to. */
    public Instant waitsUntil() {
        return agreed() ? openedAt : endsAt;
    }

    /** Whether enough members said the same and nobody anything else, so that nobody waits for the end of the time box. */
    boolean agreed() {
        return ballots.size() >= quorum
                && ballots.stream().map(Ballot::choice).distinct().count() == 1;
    }

    long votes(Choice choice) {
        return ballots.stream().filter(ballot -> ballot.choice() == choice).count();
    }
}
