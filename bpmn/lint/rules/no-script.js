'use strict';

const { is } = require('bpmnlint-utils');
const { extensionsAtAnyDepth } = require('./support');

/** No code inside a model: no script task, no script in a parameter or listener, no condition in a scripting language. */
module.exports = () => ({
  check(node, reporter) {
    if (!is(node, 'bpmn:BaseElement')) {
      return;
    }
    if (is(node, 'bpmn:ScriptTask')) {
      reporter.report(node.id, 'Is a script task: use a service task with a delegate');
      return;
    }
    const expressions = [ node.conditionExpression, node.loopCharacteristics?.completionCondition, ...(node.eventDefinitions ?? []).map(event => event.condition) ];
    if (expressions.some(expression => expression?.language || expression?.get('camunda:resource'))) {
      reporter.report(node.id, 'Has a condition in a scripting language: use an expression', [ 'conditionExpression' ]);
    }
    if (extensionsAtAnyDepth(node).some(element => is(element, 'camunda:Script'))) {
      reporter.report(node.id, 'Has a script in its extensions: use a delegate', [ 'extensionElements' ]);
    }
  }
});
