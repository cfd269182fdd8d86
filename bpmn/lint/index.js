'use strict';

const rules = [
  'async-before',
  'call-activity-business-key-and-version',
  'history-time-to-live',
  'id-convention',
  'no-class',
  'no-connector',
  'no-script',
  'user-task-complete'
];

/** Every rule is an error: a model that breaks one of them is refused. */
module.exports = {
  configs: {
    recommended: {
      rules: Object.fromEntries(rules.map(rule => [ rule, 'error' ]))
    }
  },
  rules: Object.fromEntries(rules.map(rule => [ rule, `./rules/${rule}` ]))
};
