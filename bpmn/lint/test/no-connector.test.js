'use strict';

const { test } = require('node:test');
const assert = require('node:assert/strict');
const { finds, lint, planted } = require('./harness');

const INCOMING = '<bpmn:incoming>flow_countGoods</bpmn:incoming>';
const CONNECTOR = `<bpmn:extensionElements><camunda:connector><camunda:connectorId>http-connector</camunda:connectorId></camunda:connector></bpmn:extensionElements>${INCOMING}`;

test('a task has no connector of its own', () => finds('slipway/no-connector: serviceTask_countGoods', INCOMING, CONNECTOR));

test('a connector from an element template is accepted', async () => {
  const templated = planted(INCOMING, CONNECTOR).replace('id="serviceTask_countGoods"', 'id="serviceTask_countGoods" camunda:modelerTemplate="slipway.call"');
  assert.deepEqual(await lint(templated), []);
});
