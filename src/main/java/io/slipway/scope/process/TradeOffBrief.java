package io.slipway.scope.process;

import io.slipway.platform.process.Brief;
import io.slipway.platform.security.People;
import io.slipway.release.Release;
import io.slipway.scope.TradeOffs;
import java.util.Locale;

/** What both tasks of a trade-off tell: the cause, the options with their effect, and the answers so far. */
final class TradeOffBrief {

    private TradeOffBrief() {}

    /** A line of the table of options. */
    record Option(String label, String effect) {}

    /** A choice of a form. */
    record Choice(String label, String value) {}

    /** A line of the table of answers. */
    record Answer(String owner, String answer, String reason) {}

    static Brief of(String question, Release release, TradeOffs.Standing standing, People people) {
        return Brief.of(question)
                .fact("Release", release.title())
                .fact("Why", standing.cause())
                .fact("Round of the negotiation", standing.negotiation())
                .table(
                        "options",
                        standing.options().stream()
                                .map(option -> new Option(option.label(), option.effect()))
                                .toList())
                .table(
                        "optionChoices",
                        standing.options().stream()
                                .map(option -> new Choice(option.label(), option.key()))
                                .toList())
                .table(
                        "answers",
                        standing.answers().stream()
                                .map(answer -> new Answer(
                                        owner(answer.owner(), people),
                                        answer.answer().name().toLowerCase(Locale.ROOT),
                                        answer.reason()))
                                .toList());
    }

    static String owner(String owner, People people) {
        return owner.equals(TradeOffs.ANY_OWNER) ? "Any product owner" : people.name(owner);
    }
}
