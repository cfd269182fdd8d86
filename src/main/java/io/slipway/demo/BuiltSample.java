package io.slipway.demo;

import java.nio.file.Path;

/**
 * What the build of one version of the sample left.
 *
 * @param version the version
 * @param commit the id of the commit that was built, 40 hexadecimal digits
 * @param jar the service, to be run with {@code java -jar} and the environment variable PORT
 * @param testReport the results of the version's own tests, in the JUnit XML form
 * @param scope the items of the version, as CSV
 */
public record BuiltSample(String version, String commit, Path jar, Path testReport, Path scope) {}
