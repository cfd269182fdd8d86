export default {
  app: {name: 'People', vendor: 'Slipway'},
  customScripts: ['slipway/session']
};
