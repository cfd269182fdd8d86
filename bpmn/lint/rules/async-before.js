'use strict';

const { is, isAny } = require('bpmnlint-utils');

/**
 * Whatever touches the world runs after a save point: service, send and business rule tasks, and the start of a process, so that
 * starting never fails half-way.
 */
module.exports = () => ({
  check(node, reporter) {
    const startsProcess = is(node, 'bpmn:StartEvent') && is(node.$parent, 'bpmn:Process');
    if ((startsProcess || isAny(node, [ 'bpmn:ServiceTask', 'bpmn:SendTask', 'bpmn:BusinessRuleTask' ])) && !node.get('camunda:asyncBefore')) {
      reporter.report(node.id, 'Has no save point before it: set "Asynchronous before"', [ 'camunda:asyncBefore' ]);
    }
  }
});
