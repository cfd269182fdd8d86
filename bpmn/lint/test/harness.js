'use strict';

const assert = require('node:assert/strict');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { createRequire } = require('node:module');

const models = join(__dirname, '..', '..');
const fromModels = createRequire(join(models, 'package.json'));
const { Linter } = fromModels('bpmnlint');
const NodeResolver = fromModels('bpmnlint/lib/resolver/node-resolver');

const configuration = JSON.parse(readFileSync(join(models, '.bpmnlintrc'), 'utf8'));

/** A model without fault that has one element of every kind our rules look at; tests plant one fault each. */
const sound = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"
    xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI"
    xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="Definitions_1" targetNamespace="http://bpmn.io/schema/bpmn">
  <bpmn:process id="check-goods" name="Check goods" isExecutable="true" camunda:historyTimeToLive="P400D">
    <bpmn:startEvent id="startEvent_goodsArrived" name="Goods arrived" camunda:asyncBefore="true">
      <bpmn:outgoing>flow_countGoods</bpmn:outgoing>
    </bpmn:startEvent>
    <bpmn:serviceTask id="serviceTask_countGoods" name="Count goods" camunda:asyncBefore="true" camunda:delegateExpression="\${countGoodsDelegate}">
      <bpmn:incoming>flow_countGoods</bpmn:incoming>
      <bpmn:outgoing>flow_judgeGoods</bpmn:outgoing>
    </bpmn:serviceTask>
    <bpmn:businessRuleTask id="businessRuleTask_judgeGoods" name="Judge goods" camunda:asyncBefore="true" camunda:decisionRef="goods-verdict">
      <bpmn:incoming>flow_judgeGoods</bpmn:incoming>
      <bpmn:outgoing>flow_acceptGoods</bpmn:outgoing>
    </bpmn:businessRuleTask>
    <bpmn:userTask id="userTask_acceptGoods" name="Accept goods" camunda:formRef="accept-goods" camunda:formRefBinding="version" camunda:formRefVersion="\${models.form('accept-goods', execution)}" camunda:candidateGroups="store" camunda:dueDate="\${deadlines.of('accept-goods', execution)}">
      <bpmn:documentation>The keeper of the store decides whether the goods are accepted.</bpmn:documentation>
      <bpmn:incoming>flow_acceptGoods</bpmn:incoming>
      <bpmn:outgoing>flow_storeGoods</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:callActivity id="callActivity_storeGoods" name="Store goods" calledElement="store-goods" camunda:calledElementBinding="version" camunda:calledElementVersion="\${models.process('store-goods', execution)}">
      <bpmn:extensionElements>
        <camunda:in businessKey="#{execution.processBusinessKey}" />
      </bpmn:extensionElements>
      <bpmn:incoming>flow_storeGoods</bpmn:incoming>
      <bpmn:outgoing>flow_finishGoods</bpmn:outgoing>
    </bpmn:callActivity>
    <bpmn:endEvent id="endEvent_goodsStored" name="Goods stored">
      <bpmn:incoming>flow_finishGoods</bpmn:incoming>
    </bpmn:endEvent>
    <bpmn:sequenceFlow id="flow_countGoods" sourceRef="startEvent_goodsArrived" targetRef="serviceTask_countGoods" />
    <bpmn:sequenceFlow id="flow_judgeGoods" sourceRef="serviceTask_countGoods" targetRef="businessRuleTask_judgeGoods" />
    <bpmn:sequenceFlow id="flow_acceptGoods" sourceRef="businessRuleTask_judgeGoods" targetRef="userTask_acceptGoods" />
    <bpmn:sequenceFlow id="flow_storeGoods" sourceRef="userTask_acceptGoods" targetRef="callActivity_storeGoods" />
    <bpmn:sequenceFlow id="flow_finishGoods" sourceRef="callActivity_storeGoods" targetRef="endEvent_goodsStored" />
  </bpmn:process>
  <bpmndi:BPMNDiagram id="BPMNDiagram_1">
    <bpmndi:BPMNPlane id="BPMNPlane_1" bpmnElement="check-goods">
      <bpmndi:BPMNShape id="startEvent_goodsArrived_di" bpmnElement="startEvent_goodsArrived"><dc:Bounds x="100" y="122" width="36" height="36" /></bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="serviceTask_countGoods_di" bpmnElement="serviceTask_countGoods"><dc:Bounds x="200" y="100" width="100" height="80" /></bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="businessRuleTask_judgeGoods_di" bpmnElement="businessRuleTask_judgeGoods"><dc:Bounds x="350" y="100" width="100" height="80" /></bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="userTask_acceptGoods_di" bpmnElement="userTask_acceptGoods"><dc:Bounds x="500" y="100" width="100" height="80" /></bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="callActivity_storeGoods_di" bpmnElement="callActivity_storeGoods"><dc:Bounds x="650" y="100" width="100" height="80" /></bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="endEvent_goodsStored_di" bpmnElement="endEvent_goodsStored"><dc:Bounds x="800" y="122" width="36" height="36" /></bpmndi:BPMNShape>
      <bpmndi:BPMNEdge id="flow_countGoods_di" bpmnElement="flow_countGoods"><di:waypoint x="136" y="140" /><di:waypoint x="200" y="140" /></bpmndi:BPMNEdge>
      <bpmndi:BPMNEdge id="flow_judgeGoods_di" bpmnElement="flow_judgeGoods"><di:waypoint x="300" y="140" /><di:waypoint x="350" y="140" /></bpmndi:BPMNEdge>
      <bpmndi:BPMNEdge id="flow_acceptGoods_di" bpmnElement="flow_acceptGoods"><di:waypoint x="450" y="140" /><di:waypoint x="500" y="140" /></bpmndi:BPMNEdge>
      <bpmndi:BPMNEdge id="flow_storeGoods_di" bpmnElement="flow_storeGoods"><di:waypoint x="600" y="140" /><di:waypoint x="650" y="140" /></bpmndi:BPMNEdge>
      <bpmndi:BPMNEdge id="flow_finishGoods_di" bpmnElement="flow_finishGoods"><di:waypoint x="750" y="140" /><di:waypoint x="800" y="140" /></bpmndi:BPMNEdge>
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</bpmn:definitions>
`;

/** Lints a text with the configuration of the real models; gives the faults as "rule: element". */
async function lint(xml) {
  const { BpmnModdle } = await import('bpmn-moddle');
  const moddle = new BpmnModdle({ camunda: fromModels(configuration.moddleExtensions.camunda) });
  const { rootElement, warnings } = await moddle.fromXML(xml);
  assert.deepEqual(warnings.map(warning => warning.message), [], 'the text is no valid BPMN');
  const linter = new Linter({ config: configuration, resolver: new NodeResolver({ require: fromModels }) });
  const results = await linter.lint(rootElement);
  return Object.entries(results).flatMap(([ rule, reports ]) => reports.map(report => `${rule}: ${report.id}`)).sort();
}

/** The sound model with one place changed; a place that does not occur is a fault of the test. */
function planted(place, replacement) {
  assert.ok(sound.includes(place), `the sound model has no ${place}`);
  return sound.replaceAll(place, replacement);
}

/** Asserts that the planted fault is found at its element, and that nothing else is. */
async function finds(expected, place, replacement) {
  assert.deepEqual(await lint(planted(place, replacement)), [ expected ].flat().sort());
}

module.exports = { sound, lint, finds, planted };
