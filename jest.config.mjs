import { availableParallelism } from 'node:os';

const level = (name, extra = {}) => ({
  displayName: name,
  rootDir: '.',
  testMatch: [`<rootDir>/tests/${name}/**/*.test.ts`],
  testEnvironment: 'node',
  // What the build makes is no source: it holds copies of package.json.
  modulePathIgnorePatterns: ['<rootDir>/.cache/', '<rootDir>/dist/'],
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
  globalSetup: '<rootDir>/tests/support/stand-ins/start.mjs',
  globalTeardown: '<rootDir>/tests/support/stand-ins/stop.mjs',
  testTimeout: 60_000,
  // Most tests wait for the system under test: two and a half times as many as there are cores keep them busy.
  maxWorkers: Math.min(Math.ceil(2.5 * availableParallelism()), 8),
  // Modules of a finished file stay in memory; a worker is replaced before collecting them takes longer than loading them.
  workerIdleMemoryLimit: '2GB',
};
