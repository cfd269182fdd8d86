package io.slipway.packaging.components;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.CharConversionException;
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
import java.util.regex.Matcher;
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

    /** Kinds of components by CycloneDX 1.6, section "type", that come in versions: code that is linked, started or loaded. */
    private static final Set<String> VERSIONED = new TreeSet<>(Set.of(
            "application",
            "container",
            "device-driver",
            "firmware",
            "framework",
            "library",
            "machine-learning-model",
            "platform"));

    /** The other kinds, which may come without one; a file is known by its digest. */
    private static final Set<String> UNVERSIONED =
            new TreeSet<>(Set.of("cryptographic-asset", "data", "device", "file", "operating-system"));

    private static final Pattern INEXACT =
            Pattern.compile("(?i)^[~^=<>!].*|.*[\\[\\](),*|<>\\s].*|latest.*|release|vers:.*|(.*\\.)?x|\\+|.*\\.\\+");

    /** Branches and channels, which move, and what builds leave behind when they did not know the version. */
    private static final Pattern MOVING =
            Pattern.compile("(?i)main(line)?|master|trunk|tip|head|develop(ment)?|dev|dev-.*"
                    + "|(.*\\.)?x-dev|refs/.*|origin/.*|stable|next|nightly|edge|canary|rolling|current|lts|alpha|beta|rc"
                    + "|experimental|default|any|unknown|unspecified|undefined|unset|none|null|nil|n/a|tbd|version|\\?+|-+"
                    + "|.*\\$\\{.*|.*\\{\\{.*|@[^@]+@|%[^%]+%");

    private static final Pattern DIGEST = Pattern.compile("sha(256|384|512):[0-9a-fA-F]{3,128}");

    private static final Pattern PURL = Pattern.compile("(?i)pkg:/{0,2}[a-z][a-z0-9.+-]*/([^\\s?#]+)(?:[?#]\\S*)?");

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxStringLength(LONGEST)
                            .maxDocumentLength(LARGEST)
                            .maxNumberLength(100)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
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
        if (list.isMissingNode() || list.isNull()) {
            return;
        }
        if (!list.isArray()) {
            throw new SbomRefused("Its \"components\" are no list; please write [ ] around them.");
        }
        for (JsonNode each : list) {
            if (!each.isObject()) {
                throw new SbomRefused(
                        "Its list of components has something that is no component: " + shown(each.toString()) + ".");
            }
            Optional<String> digest = Optional.empty();
            for (JsonNode hash : each.path("hashes")) {
                if (digest.isEmpty() && STRONG.contains(hash.path("alg").asText())) {
                    digest = Optional.of(hash.path("alg").asText() + " "
                            + hash.path("content").asText());
                }
            }
            add(
                    new Component(
                            text(each, "type"),
                            text(each, "group"),
                            text(each, "name"),
                            text(each, "version"),
                            text(each, "purl"),
                            digest),
                    components);
            add(each.path("components"), components);
        }
    }

    /** A text of a component; empty where it has none. A number is none: 1.10 would be read as 1.1. */
    private static String text(JsonNode component, String field) throws SbomRefused {
        JsonNode value = component.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (!value.isTextual()) {
            throw new SbomRefused("The \"" + field + "\" of the component "
                    + shown(component.path("name").asText("without a name"))
                    + " is no text; please write it in quotes.");
        }
        return value.textValue();
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
            // The reader finds out the encoding, from the first bytes or from what the document declares.
            XMLStreamReader in = factory.createXMLStreamReader(new ByteArrayInputStream(bytes));
            return new XmlBill(in).read();
        } catch (XMLStreamException e) {
            if (e.getNestedException() instanceof CharConversionException) {
                throw new SbomRefused(
                        "It has bytes that are not of its encoding, which is the one that it declares or else"
                                + " UTF-8; please save it as UTF-8.");
            }
            throw new SbomRefused("It is no XML that can be read: " + shown(String.valueOf(e.getMessage())));
        }
    }

    /** Goes through the XML form; components lie inside components, everything else of them is skipped. */
    private static final class XmlBill {

        private final XMLStreamReader in;
        private final List<Component> components = new ArrayList<>();
        private String namespace = "";
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
                        } else if (depth == 2 && is("components")) {
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
            String found = in.getNamespaceURI();
            String start = "http://cyclonedx.org/schema/bom/";
            if (!in.getLocalName().equals("bom") || found == null || !found.startsWith(start)) {
                throw new SbomRefused("It does not begin with a <bom> of CycloneDX.");
            }
            namespace = found;
            return found.substring(start.length());
        }

        /** Whether the element is of CycloneDX itself and has this name; what others put in between says nothing to us. */
        private boolean is(String name) {
            return namespace.equals(in.getNamespaceURI()) && in.getLocalName().equals(name);
        }

        private boolean foreign() {
            return !namespace.equals(in.getNamespaceURI());
        }

        /** The text of an element that a component has at most once. */
        private String once(Set<String> seen) throws XMLStreamException, SbomRefused {
            String name = in.getLocalName();
            if (!seen.add(name)) {
                throw new SbomRefused("A component has <" + shown(name) + "> twice.");
            }
            return in.getElementText().strip();
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
                    if (is("component")) {
                        component();
                    } else {
                        skip();
                    }
                    depth--;
                }
            }
        }

        private void component() throws XMLStreamException, SbomRefused {
            String type = Optional.ofNullable(in.getAttributeValue("", "type")).orElse("");
            Set<String> seen = new TreeSet<>();
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
                switch (foreign() ? "" : in.getLocalName()) {
                    case "group" -> group = once(seen);
                    case "name" -> name = once(seen);
                    case "version" -> version = once(seen);
                    case "purl" -> purl = once(seen);
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
                    if (is("hash")) {
                        String algorithm = Optional.ofNullable(in.getAttributeValue("", "alg"))
                                .orElse("");
                        String content = in.getElementText().strip();
                        if (digest.isEmpty() && STRONG.contains(algorithm)) {
                            digest = Optional.of(algorithm + " " + content);
                        }
                    } else {
                        skip();
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
        if (components.isEmpty()) {
            return List.of("It names no component, so it shows nothing of what is in the package;"
                    + " please hand in a complete one.");
        }
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
        if (!VERSIONED.contains(component.type()) && !UNVERSIONED.contains(component.type())) {
            return Optional.of(what
                    + (component.type().isBlank()
                            ? " has no type"
                            : " has the type '" + shown(component.type()) + "', which CycloneDX does not know")
                    + "; please write " + String.join(", ", VERSIONED) + ", or for what has no version "
                    + String.join(", ", UNVERSIONED) + ".");
        }
        if (!component.purl().isEmpty() && !isPackageUrl(component.purl())) {
            return Optional.of(
                    what + " has '" + shown(component.purl())
                            + "', which is no package URL such as pkg:maven/org.example/a@1.0; please mend it or leave it out.");
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
        if (INEXACT.matcher(version).matches() || MOVING.matcher(version).matches()) {
            return Optional.of(what + " has '" + shown(version) + "', which is no exact version; please pin one.");
        }
        Optional<String> other = otherVersion(component);
        return other.map(said ->
                what + " has the version " + shown(version) + ", but its package URL says " + shown(said) + ".");
    }

    /** The version by the package URL when it is another one; each kind of package writes its own way. */
    private static Optional<String> otherVersion(Component component) {
        String version = component.version();
        String purl = component.purl();
        String pinned = purlVersion(purl);
        if (pinned.isEmpty() || pinned.equals(version)) {
            return Optional.empty();
        }
        String kind = purl.split("/", 2)[0].toLowerCase(Locale.ROOT);
        if ((kind.equals("pkg:oci") || kind.equals("pkg:docker"))
                && DIGEST.matcher(pinned).matches()) {
            // The digest is the exacter pin; the version is then the name it goes by.
            return qualifier(purl, "tag").filter(tag -> !tag.equals(version));
        }
        if (kind.equals("pkg:rpm") || kind.equals("pkg:deb")) {
            String epoch = qualifier(purl, "epoch").orElse("0");
            if (version.equals(epoch + ":" + pinned)) {
                return Optional.empty();
            }
        }
        return Optional.of(pinned);
    }

    /** Whether it names a kind of package and, behind the namespace, a package. */
    private static boolean isPackageUrl(String purl) {
        Matcher named = PURL.matcher(purl);
        if (!named.matches()) {
            return false;
        }
        String path = named.group(1);
        int at = path.lastIndexOf('@');
        String name = at < 0 || path.indexOf('/', at) >= 0 ? path : path.substring(0, at);
        return !name.substring(name.lastIndexOf('/') + 1).isEmpty();
    }

    private static Optional<String> qualifier(String purl, String name) {
        int start = purl.indexOf('?');
        if (start < 0) {
            return Optional.empty();
        }
        for (String pair : purl.substring(start + 1).split("#", 2)[0].split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                return Optional.of(decoded(pair.substring(name.length() + 1)));
            }
        }
        return Optional.empty();
    }

    private static String purlVersion(String purl) {
        String path = purl.split("[?#]", 2)[0];
        int at = path.lastIndexOf('@');
        if (at < 0 || path.indexOf('/', at) >= 0) {
            return "";
        }
        return decoded(path.substring(at + 1));
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private static String shown(String text) {
        String plain = text.replaceAll("[^\\x20-\\x7e]", "?");
        return plain.length() > 120 ? plain.substring(0, 120) + "…" : plain;
    }
}
