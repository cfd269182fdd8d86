'use strict';

const { is } = require('bpmnlint-utils');
const { extensions } = require('./support');

/** A call passes the business key on, and calls the version that the release pinned when it started. */
module.exports = () => ({
  check(node, reporter) {
    if (!is(node, 'bpmn:CallActivity')) {
      return;
    }
    if (!extensions(node, 'camunda:In').some(mapping => mapping.businessKey === '#{execution.processBusinessKey}')) {
      reporter.report(node.id, 'Does not pass the business key: map #{execution.processBusinessKey}', [ 'extensionElements' ]);
    }
    const pinned = `\${models.process('${node.calledElement}', execution)}`;
    if (node.get('camunda:calledElementBinding') !== 'version' || node.get('camunda:calledElementVersion') !== pinned) {
      reporter.report(node.id, `Does not call the pinned version: bind "version" to ${pinned}`, [ 'camunda:calledElementVersion' ]);
    }
  }
});
