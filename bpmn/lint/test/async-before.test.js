'use strict';

const { test } = require('node:test');
const { finds } = require('./harness');

const RULE = 'slipway/async-before';

test('a service task needs a save point', () =>
  finds(`${RULE}: serviceTask_countGoods`, 'name="Count goods" camunda:asyncBefore="true"', 'name="Count goods"'));

test('a business rule task needs a save point', () =>
  finds(`${RULE}: businessRuleTask_judgeGoods`, 'name="Judge goods" camunda:asyncBefore="true"', 'name="Judge goods"'));

test('the start of a process needs a save point', () =>
  finds(`${RULE}: startEvent_goodsArrived`, 'name="Goods arrived" camunda:asyncBefore="true"', 'name="Goods arrived" camunda:asyncBefore="false"'));
