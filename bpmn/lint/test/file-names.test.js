'use strict';

const assert = require('node:assert/strict');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { test } = require('node:test');
const { fault, models } = require('../file-names');
const { sound } = require('./harness');

test('a file is named after its process', () => {
  assert.equal(fault('goods/check-goods.bpmn', sound), undefined);
  assert.match(fault('goods/goods-check.bpmn', sound), /must define goods-check alone, but defines check-goods/);
});

test('a file is named after its decision', () => {
  const decision = '<definitions><decision id="goods-verdict" name="Goods verdict" /></definitions>';
  assert.equal(fault('goods/goods-verdict.dmn', decision), undefined);
  assert.match(fault('goods/verdict.dmn', decision), /defines goods-verdict/);
});

test('a file defines one process', () => {
  const twice = sound.replace('</bpmn:process>', '</bpmn:process><bpmn:process id="sell-goods" isExecutable="true" />');
  assert.match(fault('goods/check-goods.bpmn', twice), /defines check-goods, sell-goods/);
});

test('every model is looked at', () => {
  const folder = join(__dirname, '..', '..');
  const found = models(folder);
  assert.ok(found.some(path => path.endsWith('run-release.bpmn')) && found.some(path => path.endsWith('release-class.dmn')));
  assert.ok(found.every(path => fault(path, readFileSync(path, 'utf8')) === undefined));
  assert.ok(!found.some(path => path.includes('node_modules')));
});
