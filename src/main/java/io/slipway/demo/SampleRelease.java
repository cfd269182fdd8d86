package io.slipway.demo;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.StringUtils;

/**
 * A version of the sample service with the items that it brings, in the order in which they were committed.
 *
 * <p>The sources lie among the application's resources, one folder for each item with the files that the item changed, complete.
 *
 * @param version the version, such as {@code 2.4.0}
 * @param items what the version brings
 */
public record SampleRelease(String version, List<SampleItem> items) {

    private static final String FOLDER = "demo/storefront/";

    /** Every version of the sample, oldest first. */
    static final List<String> VERSIONS = List.of("2.3.0", "2.4.0", "2.5.0", "2.6.0");

    /** Keeps its own copy of the list. */
    public SampleRelease {
        items = List.copyOf(items);
    }

    /** Every release of the sample, oldest first. */
    public static List<SampleRelease> all() {
        return VERSIONS.stream().map(SampleRelease::of).toList();
    }

    /**
     * The release of one version.
     *
     * @throws IllegalArgumentException if the sample has no such version
     */
    public static SampleRelease of(String version) {
        if (!VERSIONS.contains(version)) {
            throw new IllegalArgumentException(
                    "The sample has no version \"%s\", only %s.".formatted(version, String.join(", ", VERSIONS)));
        }
        String scope = new String(bytes(scopeResource(version)), StandardCharsets.UTF_8);
        try {
            return new SampleRelease(version, items(scope));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The tag of this version in the sample's repository. */
    public String tag() {
        return "v" + version;
    }

    /** The keys that a product owner would choose; the others come along because a chosen item depends on them. */
    public List<String> chosenKeys() {
        return items.stream()
                .filter(item -> item.value() > 0)
                .map(SampleItem::key)
                .toList();
    }

    /** The scope as a CSV file with one row an item. */
    byte[] scopeCsv() {
        return bytes(scopeResource(version));
    }

    /** The files that one item adds or replaces: contents by path in the repository. */
    Map<String, byte[]> files(SampleItem item) {
        String folder = FOLDER + version + "/" + item.key() + "/";
        Map<String, byte[]> files = new TreeMap<>();
        try {
            for (Resource file :
                    new PathMatchingResourcePatternResolver().getResources("classpath:" + folder + "**/*")) {
                String url = file.getURL().toString();
                if (file.isReadable() && !url.endsWith("/")) {
                    files.put(url.substring(url.lastIndexOf(folder) + folder.length()), bytes(file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The sources of item " + item.key() + " cannot be read.", e);
        }
        return files;
    }

    private static List<SampleItem> items(String scope) throws IOException {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        List<SampleItem> items = new ArrayList<>();
        for (CSVRecord row : format.parse(new StringReader(scope))) {
            items.add(new SampleItem(
                    row.get("key"),
                    row.get("title"),
                    Integer.parseInt(row.get("value")),
                    List.of(StringUtils.tokenizeToStringArray(row.get("depends_on"), " "))));
        }
        return items;
    }

    private static Resource scopeResource(String version) {
        return new ClassPathResource(FOLDER + version + "/scope.csv");
    }

    private static byte[] bytes(Resource resource) {
        try {
            return resource.getContentAsByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(resource.getDescription() + " cannot be read.", e);
        }
    }
}
