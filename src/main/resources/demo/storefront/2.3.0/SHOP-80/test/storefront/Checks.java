package storefront;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Runs checks one after the other and reports them in the JUnit XML form. */
final class Checks {

    interface Check {
        void run() throws Exception;
    }

    private record Result(String group, String name, double seconds, String failure) {}

    private final String suite;
    private final List<Result> results = new ArrayList<>();

    Checks(String suite) {
        this.suite = suite;
    }

    void check(Class<?> group, String name, Check check) {
        long start = System.nanoTime();
        String failure = "";
        try {
            check.run();
        } catch (Exception | AssertionError e) {
            failure = e.toString();
        }
        results.add(new Result(group.getName(), name, (System.nanoTime() - start) / 1e9, failure));
    }

    static void same(Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError("expected <" + expected + "> but was <" + actual + ">");
        }
    }

    boolean failed() {
        return failures() > 0;
    }

    private long failures() {
        return results.stream().filter(result -> !result.failure().isEmpty()).count();
    }

    void writeReport(Path file) throws IOException {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        double seconds = results.stream().mapToDouble(Result::seconds).sum();
        xml.append("<testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"0\" time=\"%s\">\n"
                .formatted(escaped(suite), results.size(), failures(), time(seconds)));
        for (Result result : results) {
            xml.append("  <testcase classname=\"%s\" name=\"%s\" time=\"%s\""
                    .formatted(escaped(result.group()), escaped(result.name()), time(result.seconds())));
            xml.append(
                    result.failure().isEmpty()
                            ? "/>\n"
                            : "><failure message=\"%s\"/></testcase>\n".formatted(escaped(result.failure())));
        }
        xml.append("</testsuite>\n");
        Files.writeString(file, xml);
    }

    private static String time(double seconds) {
        return String.format(Locale.ROOT, "%.3f", seconds);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replaceAll("[\\x00-\\x1f]", " ");
    }
}
