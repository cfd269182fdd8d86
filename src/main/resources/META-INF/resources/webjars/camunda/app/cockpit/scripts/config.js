export default {
  app: {name: 'Operations', vendor: 'Slipway'},
  customScripts: ['slipway/session']
};
