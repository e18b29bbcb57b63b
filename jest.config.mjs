const level = (name, extra = {}) => ({
  displayName: name,
  rootDir: '.',
  testMatch: [`<rootDir>/tests/${name}/**/*.test.ts`],
  testEnvironment: 'node',
  injectGlobals: false,
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'es6' } },
    ],
  },
  ...extra,
});

export default {
  projects: [level('unit'), level('architecture'), level('contract'), level('e2e')],
  testTimeout: 60_000,
  // Jest leaves a core free by default; on two that would halve the speed.
  maxWorkers: '100%',
};
