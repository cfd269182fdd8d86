'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { finds, lint, planted } = require('./harness');

const RULE = 'slipway/id-convention';

test('a process key is in kebab-case', () => finds(`${RULE}: checkGoods`, 'check-goods', 'checkGoods'));

for (const [ type, id, faulty ] of [
  [ 'start event', 'startEvent_goodsArrived', 'event_goodsArrived' ],
  [ 'end event', 'endEvent_goodsStored', 'EndEvent_1x2y' ],
  [ 'service task', 'serviceTask_countGoods', 'Activity_0k3f1a' ],
  [ 'business rule task', 'businessRuleTask_judgeGoods', 'serviceTask_judgeGoods' ],
  [ 'call activity', 'callActivity_storeGoods', 'callActivity_StoreGoods' ],
  [ 'sequence flow', 'flow_judgeGoods', 'Flow_0a1b2c' ]
]) {
  test(`the id of a ${type} tells its type and what it does`, () => finds(`${RULE}: ${faulty}`, id, faulty));
}

test('the id of a user task tells its type and what it does', () =>
  finds([ `${RULE}: task_acceptGoods`, ...Array(2).fill('slipway/user-task-complete: task_acceptGoods') ], 'userTask_acceptGoods', 'task_acceptGoods'));

const SUB_PROCESS = `<bpmn:subProcess id="Activity_1" name="Weigh goods" triggeredByEvent="true">
      <bpmn:startEvent id="startEvent_scaleFree" name="Scale free">
        <bpmn:outgoing>flow_weigh</bpmn:outgoing>
        <bpmn:signalEventDefinition id="signalEventDefinition_1" signalRef="signal_1" />
      </bpmn:startEvent>
      <bpmn:exclusiveGateway id="Gateway_1">
        <bpmn:incoming>flow_weigh</bpmn:incoming>
        <bpmn:incoming>flow_weighAgain</bpmn:incoming>
        <bpmn:outgoing>flow_wait</bpmn:outgoing>
      </bpmn:exclusiveGateway>
      <bpmn:intermediateThrowEvent id="Event_1" name="Weighed">
        <bpmn:incoming>flow_wait</bpmn:incoming>
        <bpmn:outgoing>flow_weighAgain</bpmn:outgoing>
      </bpmn:intermediateThrowEvent>
      <bpmn:endEvent id="endEvent_never" name="Never" />
      <bpmn:sequenceFlow id="flow_weigh" sourceRef="startEvent_scaleFree" targetRef="Gateway_1" />
      <bpmn:sequenceFlow id="flow_wait" sourceRef="Gateway_1" targetRef="Event_1" />
      <bpmn:sequenceFlow id="flow_weighAgain" sourceRef="Event_1" targetRef="Gateway_1" />
    </bpmn:subProcess>
    <bpmn:endEvent id="endEvent_goodsStored"`;

test('the ids of sub-processes, gateways and events tell their type and what they do', async () => {
  const found = await lint(planted('<bpmn:endEvent id="endEvent_goodsStored"', SUB_PROCESS).replace('</bpmn:process>', '</bpmn:process><bpmn:signal id="signal_1" name="goods.weighed" />'));
  assert.deepEqual(found.filter(fault => fault.startsWith(RULE)), [ `${RULE}: Activity_1`, `${RULE}: Event_1`, `${RULE}: Gateway_1` ]);
});
