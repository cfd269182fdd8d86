'use strict';

const { test } = require('node:test');
const { finds } = require('./harness');

const FAULT = 'slipway/call-activity-business-key-and-version: callActivity_storeGoods';

test('a call passes the business key', () =>
  finds(FAULT, '<camunda:in businessKey="#{execution.processBusinessKey}" />', '<camunda:in source="goodsId" target="goodsId" />'));

test('a call passes the business key of its own process and no other', () =>
  finds(FAULT, '#{execution.processBusinessKey}', '#{goodsId}'));

test('a call does not take the latest version', () =>
  finds(FAULT, 'camunda:calledElementBinding="version"', 'camunda:calledElementBinding="latest"'));

test('a call takes the version pinned for the process that it names', () =>
  finds(FAULT, "models.process('store-goods', execution)", "models.process('sell-goods', execution)"));
