'use strict';

const { test } = require('node:test');
const { finds } = require('./harness');

const RULE = 'slipway/no-class';

test('a service task names no class', () =>
  finds(`${RULE}: serviceTask_countGoods`, 'camunda:delegateExpression="${countGoodsDelegate}"', 'camunda:class="java.lang.Runtime"'));

test('a listener names no class', () =>
  finds(`${RULE}: callActivity_storeGoods`, '<camunda:in businessKey', '<camunda:executionListener class="java.lang.Runtime" event="start" /><camunda:in businessKey'));

test('a field of a listener does not hide a class', () =>
  finds(`${RULE}: userTask_acceptGoods`, '<bpmn:incoming>flow_acceptGoods</bpmn:incoming>',
    '<bpmn:extensionElements><camunda:taskListener class="java.lang.Runtime" event="create"><camunda:field name="x" stringValue="y" /></camunda:taskListener></bpmn:extensionElements><bpmn:incoming>flow_acceptGoods</bpmn:incoming>'));
