package io.slipway.platform.process;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Lets every line of the log tell which business key it is about. The engine does so for the steps that it executes, under the same
 * name; here it is done for workers and for requests that name one.
 */
public final class BusinessKeyLogging {

    /** Name of the value in the context of the log; the engine and the pattern of the log are told the same one. */
    public static final String NAME = "businessKey";

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,254}");

    private BusinessKeyLogging() {}

    /** From now on lines of this thread tell the key, until the answer is closed; what is no key is not told. */
    public static Told tell(@Nullable String key) {
        String before = MDC.get(NAME);
        if (key != null && KEY.matcher(key).matches()) {
            MDC.put(NAME, key);
        }
        return () -> {
            if (before == null) {
                MDC.remove(NAME);
            } else {
                MDC.put(NAME, before);
            }
        };
    }

    /** Ends the telling. */
    public interface Told extends AutoCloseable {

        @Override
        void close();
    }
}
