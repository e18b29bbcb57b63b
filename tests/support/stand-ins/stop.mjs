export default () => {
  globalThis.standInFarm.kill();
};
