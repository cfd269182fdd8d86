'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { lint, sound } = require('./harness');

test('a model without fault is accepted silently', async () => {
  assert.deepEqual(await lint(sound), []);
});
