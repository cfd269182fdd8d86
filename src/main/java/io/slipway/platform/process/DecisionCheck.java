package io.slipway.platform.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** Reads a decision before the engine takes it: one table in FEEL, under a key that somebody asks for. */
final class DecisionCheck {

    private static final Set<String> FEEL = Set.of(
            "",
            DefaultDmnEngineConfiguration.FEEL_EXPRESSION_LANGUAGE_ALTERNATIVE,
            DefaultDmnEngineConfiguration.FEEL_EXPRESSION_LANGUAGE.toLowerCase(Locale.ROOT),
            DefaultDmnEngineConfiguration.FEEL_EXPRESSION_LANGUAGE_DMN12.toLowerCase(Locale.ROOT),
            DefaultDmnEngineConfiguration.FEEL_EXPRESSION_LANGUAGE_DMN13.toLowerCase(Locale.ROOT));

    private DecisionCheck() {}

    static List<ModelFault> faults(String key, byte[] content) {
        Element root;
        try {
            root = XmlFile.read(content);
        } catch (SAXException e) {
            return List.of(new ModelFault(null, "The file is no DMN 1.3 decision: " + e.getMessage()));
        }
        if (!OpenElements.DMN.equals(root.getNamespaceURI())) {
            return List.of(new ModelFault(
                    null, "The file is no DMN 1.3 decision; please save it with Camunda Modeler for Camunda 7."));
        }
        List<ModelFault> faults = new ArrayList<>();
        WhatIsOpen.faults(root, OpenElements.ofDecisions(), faults);
        XmlFile.all(root).forEach(element -> {
            String language = element.getAttribute("expressionLanguage");
            if (!FEEL.contains(language.toLowerCase(Locale.ROOT))) {
                faults.add(
                        ModelFault.of(element, "is written in '" + language + "'; decisions are written in FEEL here"));
            }
        });
        List<Element> decisions = XmlFile.children(root).stream()
                .filter(element -> "decision".equals(element.getLocalName()))
                .toList();
        if (decisions.size() != 1) {
            faults.add(new ModelFault(
                    null, "The file holds " + decisions.size() + " decisions; a file holds one, under its own key."));
        }
        for (Element decision : decisions) {
            if (!decision.getAttribute("id").equals(key)) {
                faults.add(ModelFault.of(
                        decision, "stands in the file " + key + ".dmn; a file bears the key of its decision"));
            }
            if (XmlFile.children(decision).stream().noneMatch(part -> "decisionTable".equals(part.getLocalName()))) {
                faults.add(ModelFault.of(decision, "has no decision table"));
            }
        }
        return faults;
    }
}
