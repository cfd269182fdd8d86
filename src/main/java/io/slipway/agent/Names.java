package io.slipway.agent;

import io.slipway.agent.Refusal.Kind;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What may stand in names that become paths of files and addresses. */
final class Names {

    private static final String SEGMENT = "[A-Za-z0-9_][A-Za-z0-9._-]{0,99}";
    private static final Pattern NAME = Pattern.compile(SEGMENT);
    private static final Pattern TARGET = Pattern.compile(SEGMENT + "(/" + SEGMENT + "){0,3}");
    private static final String KEY_SEGMENT = "[A-Za-z0-9_:@-][A-Za-z0-9._:@-]*";
    private static final Pattern KEY = Pattern.compile(KEY_SEGMENT + "(/" + KEY_SEGMENT + ")*");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_.@+-]{1,200}(/[A-Za-z0-9_.@+-]{1,200}){0,9}");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");

    private Names() {}

    static String name(String what, @Nullable String value) {
        return matching(NAME, what, value, "letters, digits, dot, dash and underscore, at most 100");
    }

    static String target(@Nullable String value) {
        return matching(TARGET, "target", value, "up to four names separated by a slash");
    }

    static String key(@Nullable String value) {
        if (value != null && value.length() > 255) {
            throw new Refusal(Kind.INVALID_REQUEST, "key is longer than 255 characters");
        }
        return matching(KEY, "key", value, "letters, digits and . _ : @ - in parts separated by a slash");
    }

    static String digest(@Nullable String value) {
        return matching(DIGEST, "sha256", value, "64 lower-case hexadecimal digits");
    }

    /** A relative path below a directory: no parent reference can leave it. */
    static String file(@Nullable String value) {
        String name = matching(FILE, "artifact name", value, "a relative path of letters, digits and . _ @ + -");
        for (String segment : name.split("/", -1)) {
            if (segment.equals(".") || segment.equals("..")) {
                throw new Refusal(Kind.INVALID_REQUEST, "artifact name must not refer to another directory: " + name);
            }
        }
        return name;
    }

    static String variable(@Nullable String value) {
        String name = matching(VARIABLE, "environment variable", value, "letters, digits and underscore");
        if (name.equals("PORT") || name.equals("HOST") || name.equals("CONFIG_DIR")) {
            throw new Refusal(Kind.INVALID_REQUEST, "environment variable " + name + " is set by the agent");
        }
        return name;
    }

    static String text(String what, @Nullable String value, int maximum) {
        if (value == null || value.isBlank() || value.length() > maximum || value.indexOf('\0') >= 0) {
            throw new Refusal(Kind.INVALID_REQUEST, what + " must have 1 to " + maximum + " characters");
        }
        return value;
    }

    static long fence(long fence) {
        if (fence < 1) {
            throw new Refusal(Kind.INVALID_REQUEST, "fence must be 1 or more");
        }
        return fence;
    }

    private static String matching(Pattern pattern, String what, @Nullable String value, String rule) {
        if (value == null || !pattern.matcher(value).matches()) {
            throw new Refusal(Kind.INVALID_REQUEST, what + " must be " + rule);
        }
        return value;
    }
}
