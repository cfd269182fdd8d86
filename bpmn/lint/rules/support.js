'use strict';

const { is } = require('bpmnlint-utils');

/** The extension elements of one type that a node carries directly. */
function extensions(node, type) {
  const values = node.extensionElements?.values ?? [];
  return values.filter(value => is(value, type));
}

/**
 * Everything inside the extension elements of a node, at any depth: parameters, listeners, scripts, connectors.
 * Extensions are no flow elements, so the linter does not visit them by itself.
 */
function extensionsAtAnyDepth(node) {
  const found = [];
  const visit = value => {
    if (Array.isArray(value)) {
      value.forEach(visit);
    } else if (value && typeof value === 'object' && value.$type) {
      found.push(value);
      for (const property of value.$descriptor.properties) {
        if (!property.isReference) {
          visit(value.get(property.name));
        }
      }
    }
  };
  visit(node.extensionElements?.values);
  return found;
}

/** Whether an element template made this node; templates are reviewed as a whole and may hold what models may not. */
function isFromTemplate(node) {
  return Boolean(node.get('camunda:modelerTemplate'));
}

module.exports = { extensions, extensionsAtAnyDepth, isFromTemplate };
