'use strict';

const { is } = require('bpmnlint-utils');

const KEBAB = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const NAME = '[a-z][a-z0-9]*([A-Z][A-Za-z0-9]*)*';

/** Prefix of the id by type; the first that fits is taken, so special types stand before general ones. */
const PREFIXES = [
  [ 'bpmn:StartEvent', 'startEvent' ],
  [ 'bpmn:EndEvent', 'endEvent' ],
  [ 'bpmn:Event', 'event' ],
  [ 'bpmn:UserTask', 'userTask' ],
  [ 'bpmn:ServiceTask', 'serviceTask' ],
  [ 'bpmn:SendTask', 'sendTask' ],
  [ 'bpmn:ReceiveTask', 'receiveTask' ],
  [ 'bpmn:BusinessRuleTask', 'businessRuleTask' ],
  [ 'bpmn:CallActivity', 'callActivity' ],
  [ 'bpmn:SubProcess', 'subProcess' ],
  [ 'bpmn:Gateway', 'gateway' ],
  [ 'bpmn:SequenceFlow', 'flow' ]
];

/** Process keys are kebab-case; element ids are type_verbObject. */
module.exports = () => ({
  check(node, reporter) {
    if (is(node, 'bpmn:Process')) {
      if (!KEBAB.test(node.id)) {
        reporter.report(node.id, 'Process key is not in kebab-case, for instance deploy-release', [ 'id' ]);
      }
      return;
    }
    const [ , prefix ] = PREFIXES.find(([ type ]) => is(node, type)) ?? [];
    if (prefix && !new RegExp(`^${prefix}_${NAME}$`).test(node.id)) {
      reporter.report(node.id, `Id is not of the form ${prefix}_verbObject`, [ 'id' ]);
    }
  }
});
