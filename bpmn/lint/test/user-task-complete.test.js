'use strict';

const { test } = require('node:test');
const { finds } = require('./harness');

const FAULT = 'slipway/user-task-complete: userTask_acceptGoods';

test('a user task has the form of its name', () => finds(FAULT, 'camunda:formRef="accept-goods"', 'camunda:formRef="refuse-goods"'));

test('a user task does not take the latest form', () => finds(FAULT, 'camunda:formRefBinding="version"', 'camunda:formRefBinding="latest"'));

test('a user task takes the pinned version of its form', () => finds(FAULT, `camunda:formRefVersion="\${models.form('accept-goods', execution)}"`, 'camunda:formRefVersion="1"'));

test('a user task names a group', () => finds(FAULT, ' camunda:candidateGroups="store"', ''));

test('a user task has a due date', () => finds(FAULT, ` camunda:dueDate="\${deadlines.of('accept-goods', execution)}"`, ''));

test('a user task says what is decided', () =>
  finds(FAULT, '<bpmn:documentation>The keeper of the store decides whether the goods are accepted.</bpmn:documentation>', '<bpmn:documentation> </bpmn:documentation>'));
