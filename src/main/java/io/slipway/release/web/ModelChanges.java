package io.slipway.release.web;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * What changed from one drawing of a process to another, element by element; where something stands on the sheet does not count.
 *
 * @param added elements that only the later one has
 * @param removed elements that only the earlier one has
 * @param changed elements that both have, with something else in them
 */
record ModelChanges(List<Part> added, List<Part> removed, List<Part> changed) {

    /** For what is no drawing of a process. */
    static final ModelChanges NONE = new ModelChanges(List.of(), List.of(), List.of());

    /** An element by its id and label. */
    record Part(String id, String label, String type) {}

    /** Whether no element differs. */
    public boolean none() {
        return added.isEmpty() && removed.isEmpty() && changed.isEmpty();
    }

    private record Content(Part part, String text) {}

    static ModelChanges between(String before, String after) {
        Map<String, Content> earlier = contents(before);
        Map<String, Content> later = contents(after);
        List<Part> added = new ArrayList<>();
        List<Part> removed = new ArrayList<>();
        List<Part> changed = new ArrayList<>();
        later.forEach((id, content) -> {
            Content was = earlier.get(id);
            if (was == null) {
                added.add(content.part());
            } else if (!was.text().equals(content.text())) {
                changed.add(content.part());
            }
        });
        earlier.forEach((id, content) -> {
            if (!later.containsKey(id)) {
                removed.add(content.part());
            }
        });
        return new ModelChanges(List.copyOf(added), List.copyOf(removed), List.copyOf(changed));
    }

    private static Map<String, Content> contents(String xml) {
        Map<String, Content> contents = new LinkedHashMap<>();
        if (!xml.isBlank()) {
            collect(parse(xml).getDocumentElement(), contents);
        }
        return contents;
    }

    private static void collect(Element element, Map<String, Content> contents) {
        if ("BPMNDiagram".equals(element.getLocalName())) {
            return;
        }
        if (standsAlone(element)) {
            StringBuilder text = new StringBuilder();
            describe(element, text);
            String label = element.getAttribute("name");
            contents.put(
                    element.getAttribute("id"),
                    new Content(
                            new Part(
                                    element.getAttribute("id"),
                                    label.isBlank() ? element.getAttribute("id") : label,
                                    element.getLocalName()),
                            text.toString()));
        }
        NodeList children = element.getChildNodes();
        for (int i = 0; i < children.getLength(); i++) {
            if (children.item(i) instanceof Element child) {
                collect(child, contents);
            }
        }
    }

    /** Everything in an element but the elements that are compared by themselves. */
    private static void describe(Element element, StringBuilder text) {
        Map<String, String> attributes = new TreeMap<>();
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            Node attribute = element.getAttributes().item(i);
            attributes.put(attribute.getNodeName(), attribute.getNodeValue());
        }
        text.append('<').append(element.getNodeName()).append(attributes);
        NodeList children = element.getChildNodes();
        for (int i = 0; i < children.getLength(); i++) {
            Node child = children.item(i);
            if (child instanceof Element inner && !standsAlone(inner) && !isFlow(inner)) {
                describe(inner, text);
            } else if (child.getNodeType() == Node.TEXT_NODE || child.getNodeType() == Node.CDATA_SECTION_NODE) {
                text.append(child.getNodeValue().strip());
            }
        }
        text.append('>');
    }

    /** What a timer or a repetition says belongs to the event or activity that people see. */
    private static boolean standsAlone(Element element) {
        String name = element.getLocalName();
        return element.hasAttribute("id")
                && !name.equals("definitions")
                && !name.endsWith("EventDefinition")
                && !name.endsWith("LoopCharacteristics")
                && !name.endsWith("Expression");
    }

    private static boolean isFlow(Element element) {
        return "incoming".equals(element.getLocalName()) || "outgoing".equals(element.getLocalName());
    }

    private static Document parse(String xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalArgumentException("The engine holds a model that is no XML", e);
        }
    }
}
