export default {
  app: {name: 'Welcome', vendor: 'Slipway'},
  customScripts: ['slipway/session']
};
