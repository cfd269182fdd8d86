package io.slipway.release;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version exactly as SemVer 2.0.0 has it: numbers of any length, no letter before them, no zero in front. Its order is that of
 * section 11; what stands behind a plus says nothing about it.
 *
 * @param preRelease identifiers behind the dash; empty for a release
 * @param build what stands behind the plus; empty when nothing does
 */
public record Version(BigInteger major, BigInteger minor, BigInteger patch, List<String> preRelease, String build)
        implements Comparable<Version> {

    /** The pattern that the specification itself recommends, bounded in length before it is used. */
    private static final Pattern SEMVER = Pattern.compile("(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)"
            + "(?:-((?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\\.(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?"
            + "(?:\\+([0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*))?");

    private static final int LONGEST = 256;

    /** Copies the list. */
    public Version {
        preRelease = List.copyOf(preRelease);
    }

    /** The version that a text writes; empty when it is none. */
    public static Optional<Version> read(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        Matcher matcher = SEMVER.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String pre = matcher.group(4);
        String build = matcher.group(5);
        return Optional.of(new Version(
                new BigInteger(matcher.group(1)),
                new BigInteger(matcher.group(2)),
                new BigInteger(matcher.group(3)),
                pre == null ? List.of() : List.of(pre.split("\\.", -1)),
                build == null ? "" : build));
    }

    /** How much a version differs from the one before it. */
    public enum Bump {
        PATCH("patch"),
        MINOR("minor"),
        MAJOR("major");

        private final String word;

        Bump(String word) {
            this.word = word;
        }

        /** The word that people read. */
        public String word() {
            return word;
        }
    }

    /** What was raised since an earlier version; empty when this one is not later. */
    public Optional<Bump> since(Version earlier) {
        if (compareTo(earlier) <= 0) {
            return Optional.empty();
        }
        if (!major.equals(earlier.major)) {
            return Optional.of(Bump.MAJOR);
        }
        return Optional.of(minor.equals(earlier.minor) ? Bump.PATCH : Bump.MINOR);
    }

    /** The version after this one. */
    public Version next(Bump bump) {
        if (bump == Bump.PATCH && !preRelease.isEmpty()) {
            return new Version(major, minor, patch, List.of(), "");
        }
        return switch (bump) {
            case MAJOR -> new Version(major.add(BigInteger.ONE), BigInteger.ZERO, BigInteger.ZERO, List.of(), "");
            case MINOR -> new Version(major, minor.add(BigInteger.ONE), BigInteger.ZERO, List.of(), "");
            case PATCH -> new Version(major, minor, patch.add(BigInteger.ONE), List.of(), "");
        };
    }

    /** Whether the interface may still change with every version, as section 4 of the specification says of zero. */
    public boolean initial() {
        return major.signum() == 0;
    }

    @Override
    public int compareTo(Version other) {
        int order = major.compareTo(other.major);
        if (order == 0) {
            order = minor.compareTo(other.minor);
        }
        if (order == 0) {
            order = patch.compareTo(other.patch);
        }
        return order == 0 ? comparePreRelease(preRelease, other.preRelease) : order;
    }

    private static int comparePreRelease(List<String> one, List<String> two) {
        if (one.isEmpty() || two.isEmpty()) {
            return Boolean.compare(one.isEmpty(), two.isEmpty());
        }
        for (int index = 0; index < Math.min(one.size(), two.size()); index++) {
            int order = compareIdentifier(one.get(index), two.get(index));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(one.size(), two.size());
    }

    private static int compareIdentifier(String one, String two) {
        boolean oneNumber = one.chars().allMatch(character -> character >= '0' && character <= '9');
        boolean twoNumber = two.chars().allMatch(character -> character >= '0' && character <= '9');
        if (oneNumber && twoNumber) {
            return new BigInteger(one).compareTo(new BigInteger(two));
        }
        return oneNumber == twoNumber ? one.compareTo(two) : oneNumber ? -1 : 1;
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>(List.of(major + "." + minor + "." + patch));
        if (!preRelease.isEmpty()) {
            parts.add("-" + String.join(".", preRelease));
        }
        if (!build.isEmpty()) {
            parts.add("+" + build);
        }
        return String.join("", parts);
    }
}
