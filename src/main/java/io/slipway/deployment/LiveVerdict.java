package io.slipway.deployment;

import java.util.function.Consumer;

/**
 * Whether users reach what is recorded.
 *
 * @param live whether they do
 * @param expected what should be there
 * @param found what is there
 */
public record LiveVerdict(boolean live, String expected, String found) {

    /** One sentence for people. */
    public String sentence() {
        return live ? "Users reach " + found + "." : "Users should reach " + expected + ", and reach " + found + ".";
    }

    /** Tells the sentence to somebody when users do not reach what they should. */
    public void otherwise(Consumer<String> listener) {
        if (!live) {
            listener.accept(sentence());
        }
    }
}
