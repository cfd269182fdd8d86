package io.slipway.packaging.components;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A CycloneDX bill of materials, JSON or XML, as far as rules need it: what is in the package, in which exact version. Both forms are
 * read with bounds on size, depth and count, and XML without any document type.
 *
 * @param specVersion version of the CycloneDX specification that it says it follows
 * @param components all of them, those inside others too, in order
 */
record Sbom(String specVersion, List<Component> components) {

    /** Most bytes of a bill of materials. */
    static final int LARGEST = 30_000_000;

    private static final int DEEPEST = 64;
    private static final int LONGEST = 2_000_000;
    private static final int MOST_COMPONENTS = 50_000;
    private static final int MOST_FAULTS = 20;
    private static final Pattern SPEC = Pattern.compile("1\\.\\d{1,2}");
    private static final Set<String> STRONG = Set.of(
            "SHA-256",
            "SHA-384",
            "SHA-512",
            "SHA3-256",
            "SHA3-384",
            "SHA3-512",
            "BLAKE2b-256",
            "BLAKE2b-384",
            "BLAKE2b-512",
            "BLAKE3");

    /** Files, system software and data come without versions; what is linked must have one. */
    private static final Set<String> VERSIONED = Set.of("library", "framework", "application", "container");

    private static final Pattern INEXACT =
            Pattern.compile("(?i)^[~^=<>!].*|.*[\\[\\](),*|<>\\s].*|latest.*|release|vers:.*|(.*\\.)?x|\\+|.*\\.\\+");

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxStringLength(LONGEST)
                            .maxDocumentLength(LARGEST)
                            .maxNumberLength(100)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    Sbom {
        components = List.copyOf(components);
    }

    /** It is no bill of materials, or goes beyond a bound; the message says which. */
    static final class SbomRefused extends Exception {

        private static final long serialVersionUID = 1L;

        SbomRefused(String sentence) {
            super(sentence);
        }
    }

    /** Whether a file of this name is a bill of materials. */
    static boolean named(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.matches("(.*[._-])?s?bom\\.(json|xml)|.*\\.cdx\\.(json|xml)");
    }

    /** Reads a bill of materials of this name; not more than {@value #LARGEST} bytes. */
    static Sbom read(String name, InputStream content) throws IOException, SbomRefused {
        byte[] bytes = content.readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) {
            throw new SbomRefused("It has more than " + LARGEST + " bytes.");
        }
        Sbom read = name.toLowerCase(Locale.ROOT).endsWith(".xml") ? xml(bytes) : json(bytes);
        if (!SPEC.matcher(read.specVersion()).matches()) {
            throw new SbomRefused("It is no CycloneDX 1 document, as its version of the specification is '"
                    + shown(read.specVersion()) + "'.");
        }
        return read;
    }

    private static Sbom json(byte[] bytes) throws SbomRefused {
        JsonNode root;
        try {
            root = JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new SbomRefused("It is no JSON that can be read: " + shown(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new SbomRefused("It is no JSON that can be read: " + shown(String.valueOf(e.getMessage())));
        }
        if (!root.path("bomFormat").asText().equals("CycloneDX")) {
            throw new SbomRefused("It does not say \"bomFormat\": \"CycloneDX\".");
        }
        List<Component> components = new ArrayList<>();
        add(root.path("components"), components);
        return new Sbom(root.path("specVersion").asText(), components);
    }

    private static void add(JsonNode list, List<Component> components) throws SbomRefused {
        for (JsonNode each : list) {
            Optional<String> digest = Optional.empty();
            for (JsonNode hash : each.path("hashes")) {
                if (digest.isEmpty() && STRONG.contains(hash.path("alg").asText())) {
                    digest = Optional.of(hash.path("alg").asText() + " "
                            + hash.path("content").asText());
                }
            }
            add(
                    new Component(
                            each.path("type").asText(),
                            each.path("group").asText(),
                            each.path("name").asText(),
                            each.path("version").asText(),
                            each.path("purl").asText(),
                            digest),
                    components);
            add(each.path("components"), components);
        }
    }

    private static void add(Component component, List<Component> components) throws SbomRefused {
        if (components.size() >= MOST_COMPONENTS) {
            throw new SbomRefused("It has more than " + MOST_COMPONENTS + " components.");
        }
        components.add(component);
    }

    private static Sbom xml(byte[] bytes) throws SbomRefused {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            XMLStreamReader in =
                    factory.createXMLStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8.name());
            return new XmlBill(in).read();
        } catch (XMLStreamException e) {
            throw new SbomRefused("It is no XML that can be read: " + shown(String.valueOf(e.getMessage())));
        }
    }

    /** Goes through the XML form; components lie inside components, everything else of them is skipped. */
    private static final class XmlBill {

        private final XMLStreamReader in;
        private final List<Component> components = new ArrayList<>();
        private int depth;

        XmlBill(XMLStreamReader in) {
            this.in = in;
        }

        Sbom read() throws XMLStreamException, SbomRefused {
            boolean opened = false;
            String spec = "";
            while (in.hasNext()) {
                switch (in.next()) {
                    case XMLStreamConstants.DTD ->
                        throw new SbomRefused(
                                "It has a document type, which no bill of materials needs and which could read other files.");
                    case XMLStreamConstants.START_ELEMENT -> {
                        depth++;
                        bounded();
                        if (!opened) {
                            opened = true;
                            spec = spec();
                        } else if (depth == 2 && in.getLocalName().equals("components")) {
                            list();
                            depth--;
                        } else if (depth == 2) {
                            skip();
                            depth--;
                        }
                    }
                    case XMLStreamConstants.END_ELEMENT -> depth--;
                    default -> {
                        // Texts and remarks between the elements say nothing.
                    }
                }
            }
            return new Sbom(spec, components);
        }

        private String spec() throws SbomRefused {
            String namespace = in.getNamespaceURI();
            String start = "http://cyclonedx.org/schema/bom/";
            if (!in.getLocalName().equals("bom") || namespace == null || !namespace.startsWith(start)) {
                throw new SbomRefused("It does not begin with a <bom> of CycloneDX.");
            }
            return namespace.substring(start.length());
        }

        private void bounded() throws SbomRefused {
            if (depth > DEEPEST) {
                throw new SbomRefused("Its elements lie more than " + DEEPEST + " deep inside each other.");
            }
        }

        /** Stands on the start of a list of components and leaves it behind its end. */
        private void list() throws XMLStreamException, SbomRefused {
            while (in.next() != XMLStreamConstants.END_ELEMENT) {
                if (in.isStartElement()) {
                    depth++;
                    bounded();
                    if (in.getLocalName().equals("component")) {
                        component();
                    } else {
                        skip();
                    }
                    depth--;
                }
            }
        }

        private void component() throws XMLStreamException, SbomRefused {
            String type =
                    Optional.ofNullable(in.getAttributeValue(null, "type")).orElse("");
            String group = "";
            String name = "";
            String version = "";
            String purl = "";
            Optional<String> digest = Optional.empty();
            int place = components.size();
            while (in.next() != XMLStreamConstants.END_ELEMENT) {
                if (!in.isStartElement()) {
                    continue;
                }
                depth++;
                bounded();
                switch (in.getLocalName()) {
                    case "group" -> group = in.getElementText().strip();
                    case "name" -> name = in.getElementText().strip();
                    case "version" -> version = in.getElementText().strip();
                    case "purl" -> purl = in.getElementText().strip();
                    case "hashes" -> digest = hashes();
                    case "components" -> list();
                    default -> skip();
                }
                depth--;
            }
            if (components.size() >= MOST_COMPONENTS) {
                throw new SbomRefused("It has more than " + MOST_COMPONENTS + " components.");
            }
            components.add(place, new Component(type, group, name, version, purl, digest));
        }

        private Optional<String> hashes() throws XMLStreamException, SbomRefused {
            Optional<String> digest = Optional.empty();
            while (in.next() != XMLStreamConstants.END_ELEMENT) {
                if (in.isStartElement()) {
                    depth++;
                    bounded();
                    String algorithm = Optional.ofNullable(in.getAttributeValue(null, "alg"))
                            .orElse("");
                    String content = in.getElementText().strip();
                    if (digest.isEmpty() && STRONG.contains(algorithm)) {
                        digest = Optional.of(algorithm + " " + content);
                    }
                    depth--;
                }
            }
            return digest;
        }

        /** Stands on a start and leaves everything inside it behind. */
        private void skip() throws XMLStreamException, SbomRefused {
            int open = 1;
            while (open > 0) {
                int event = in.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    open++;
                    if (depth + open > DEEPEST) {
                        throw new SbomRefused("Its elements lie more than " + DEEPEST + " deep inside each other.");
                    }
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    open--;
                }
            }
        }
    }

    /** What keeps its components from being pinned exactly, one sentence each; of many the first and their number. */
    List<String> faults() {
        Set<String> faults = new TreeSet<>();
        for (Component component : components) {
            fault(component).ifPresent(faults::add);
        }
        if (faults.size() <= MOST_FAULTS) {
            return List.copyOf(faults);
        }
        List<String> first = new ArrayList<>(faults.stream().limit(MOST_FAULTS).toList());
        first.add((faults.size() - MOST_FAULTS) + " more components are not pinned exactly.");
        return List.copyOf(first);
    }

    private static Optional<String> fault(Component component) {
        String version = component.version();
        String what = "The component " + shown(component.coordinates());
        if (component.name().isBlank()) {
            return Optional.of("A component has no name.");
        }
        if (version.isBlank()) {
            return VERSIONED.contains(component.type())
                    ? Optional.of(what + " has no version; please pin one.")
                    : Optional.empty();
        }
        if (version.toUpperCase(Locale.ROOT).contains("SNAPSHOT")) {
            return Optional.of(what + " has the version " + shown(version)
                    + ", which means other bytes every day; please build with a released one.");
        }
        if (INEXACT.matcher(version).matches()) {
            return Optional.of(what + " has '" + shown(version) + "', which is no exact version; please pin one.");
        }
        String pinned = purlVersion(component.purl());
        if (!pinned.isEmpty() && !pinned.equals(version)) {
            return Optional.of(
                    what + " has the version " + shown(version) + ", but its package URL says " + shown(pinned) + ".");
        }
        return Optional.empty();
    }

    private static String purlVersion(String purl) {
        String path = purl.split("[?#]", 2)[0];
        int at = path.lastIndexOf('@');
        if (at < 0 || path.indexOf('/', at) >= 0) {
            return "";
        }
        try {
            return URLDecoder.decode(path.substring(at + 1).replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return path.substring(at + 1);
        }
    }

    private static String shown(String text) {
        String plain = text.replaceAll("[^\\x20-\\x7e]", "?");
        return plain.length() > 120 ? plain.substring(0, 120) + "…" : plain;
    }
}
