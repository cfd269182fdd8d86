package io.slipway.platform.process;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;

/** Finds the elements and attributes of a file that are not open. */
final class WhatIsOpen {

    private WhatIsOpen() {}

    static void faults(Element element, OpenElements open, List<ModelFault> faults) {
        String space = XmlFile.space(element);
        if (OpenElements.drawn(space)) {
            return;
        }
        Optional<Set<String>> attributes = open.attributes(space, element.getLocalName());
        if (attributes.isEmpty()) {
            faults.add(ModelFault.of(
                    element,
                    "holds <" + element.getNodeName() + ">, which is not open to models here; please remove it"));
            return;
        }
        for (Attr attribute : XmlFile.attributes(element)) {
            if (!attributes
                    .get()
                    .contains(OpenElements.attribute(XmlFile.space(attribute), attribute.getLocalName()))) {
                faults.add(ModelFault.of(
                        element,
                        "has " + attribute.getName() + "=\"" + attribute.getValue() + "\", which is not open on <"
                                + element.getNodeName()
                                + ">; code is named by camunda:delegateExpression on a service task alone,"
                                + " so please remove it"));
            }
        }
        XmlFile.children(element).forEach(child -> faults(child, open, faults));
    }
}
