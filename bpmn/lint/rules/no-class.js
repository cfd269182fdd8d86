'use strict';

const { is } = require('bpmnlint-utils');
const { extensionsAtAnyDepth } = require('./support');

/** Models name beans, never classes: a class name would be created without any of the guards that expressions have. */
module.exports = () => ({
  check(node, reporter) {
    if (!is(node, 'bpmn:BaseElement')) {
      return;
    }
    const named = [ node, ...(node.eventDefinitions ?? []), ...extensionsAtAnyDepth(node) ];
    if (named.some(element => element.get('camunda:class') || element.get('class'))) {
      reporter.report(node.id, 'Names a Java class: use a delegate expression', [ 'camunda:class' ]);
    }
  }
});
