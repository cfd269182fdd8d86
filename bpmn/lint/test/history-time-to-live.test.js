'use strict';

const { test } = require('node:test');
const { finds } = require('./harness');

const RULE = 'slipway/history-time-to-live';

test('a process says how long its history is kept', () =>
  finds([ `${RULE}: check-goods`, 'camunda-compat/history-time-to-live: check-goods' ], ' camunda:historyTimeToLive="P400D"', ''));

test('history is kept for whole days', () =>
  finds(`${RULE}: check-goods`, 'camunda:historyTimeToLive="P400D"', 'camunda:historyTimeToLive="forever"'));
