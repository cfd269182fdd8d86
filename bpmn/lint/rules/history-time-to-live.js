'use strict';

const { is } = require('bpmnlint-utils');

const DAYS = /^P[1-9][0-9]*D$/;

/** Every process says how long its history is kept, in days; there is no silent default. */
module.exports = () => ({
  check(node, reporter) {
    if (is(node, 'bpmn:Process') && !DAYS.test(node.get('camunda:historyTimeToLive') ?? '')) {
      reporter.report(node.id, 'Does not say how many days its history is kept, for instance P400D', [ 'camunda:historyTimeToLive' ]);
    }
  }
});
