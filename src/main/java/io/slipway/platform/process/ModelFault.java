package io.slipway.platform.process;

import java.util.List;
import org.camunda.bpm.engine.Problem;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * A fault of a model, in the shape in which the engine tells it to whoever deploys.
 *
 * @param element id of the element at fault; null when it has none
 */
record ModelFault(@Nullable String element, String message) implements Problem {

    /** A fault of an element, or of the element around it that has an id. */
    static ModelFault of(Element element, String sentence) {
        for (Element at = element; at != null; at = XmlFile.parent(at)) {
            if (at.hasAttribute("id")) {
                return new ModelFault(at.getAttribute("id"), "'" + at.getAttribute("id") + "' " + sentence + ".");
            }
        }
        return new ModelFault(null, "<" + element.getNodeName() + "> " + sentence + ".");
    }

    @Override
    public String getMessage() {
        return message;
    }

    @Override
    public int getLine() {
        return 0;
    }

    @Override
    public int getColumn() {
        return 0;
    }

    @Override
    public @Nullable String getMainElementId() {
        return element;
    }

    @Override
    public List<String> getElementIds() {
        return element == null ? List.of() : List.of(element);
    }
}
