export default () => {
  globalThis.azuriteFarm.kill();
};
