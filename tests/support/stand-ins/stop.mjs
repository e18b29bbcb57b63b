export default () => {
  globalThis.standInFarm.removeAllListeners('exit').kill();
};
