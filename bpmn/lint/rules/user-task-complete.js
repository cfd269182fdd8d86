'use strict';

const { is } = require('bpmnlint-utils');

/** userTask_confirmScope → confirm-scope */
function formOf(id) {
  return id.replace(/^userTask_/, '').replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
}

/** A person finds on every task who may do it, until when, what is to be decided, and the form to decide in, in its pinned version. */
module.exports = () => ({
  check(node, reporter) {
    if (!is(node, 'bpmn:UserTask')) {
      return;
    }
    const form = formOf(node.id);
    const bound = node.get('camunda:formRef') === form
      && node.get('camunda:formRefBinding') === 'version'
      && node.get('camunda:formRefVersion') === `\${models.form('${form}', execution)}`;
    if (!bound) {
      reporter.report(node.id, `Is not bound to the pinned version of the form ${form}`, [ 'camunda:formRef' ]);
    }
    if (!node.get('camunda:candidateGroups')) {
      reporter.report(node.id, 'Names no group that may do it', [ 'camunda:candidateGroups' ]);
    }
    if (node.get('camunda:dueDate') !== `\${deadlines.of('${form}', execution)}`) {
      reporter.report(node.id, `Has no due date: use \${deadlines.of('${form}', execution)}`, [ 'camunda:dueDate' ]);
    }
    if (!node.documentation?.some(documentation => documentation.text?.trim())) {
      reporter.report(node.id, 'Does not say in its documentation what is decided', [ 'documentation' ]);
    }
  }
});
