package io.slipway.release;

/**
 * What is asked for when a release is requested.
 *
 * @param system key of a managed system
 * @param version SemVer of what is to be delivered
 * @param title one line on what it is for, at most 200 characters
 */
public record NewRelease(String system, String version, String title, Urgency urgency) {

    /** The key that people will call it by. */
    public String key() {
        return key(system, version);
    }

    /** The key of the release that delivers a version of a system. */
    public static String key(String system, String version) {
        return system + "-" + version;
    }
}
