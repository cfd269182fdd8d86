'use strict';

const { is } = require('bpmnlint-utils');
const { extensionsAtAnyDepth, isFromTemplate } = require('./support');

/** Connectors stand in element templates only, where address, time-out and secrets are settled once. */
module.exports = () => ({
  check(node, reporter) {
    if (!is(node, 'bpmn:BaseElement') || isFromTemplate(node)) {
      return;
    }
    const carriers = [ node, ...(node.eventDefinitions ?? []) ];
    if (carriers.some(carrier => extensionsAtAnyDepth(carrier).some(element => is(element, 'camunda:Connector')))) {
      reporter.report(node.id, 'Has a connector of its own: use an element template', [ 'extensionElements' ]);
    }
  }
});
