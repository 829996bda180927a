/** Jest over the TypeScript sources (swc, no type check: `npm run build` does that). */
const packageNames = {
  contracts: 'packages/contracts',
  rulebook: 'packages/rulebook',
  standards: 'packages/standards',
  forms: 'packages/forms',
  store: 'packages/store',
  queue: 'packages/queue',
  telemetry: 'packages/telemetry',
  client: 'packages/client',
  cli: 'packages/cli',
  api: 'services/api',
  worker: 'services/worker',
  embedded: 'infra/embedded',
  demo: 'infra/demo',
  test: 'test',
};

module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/packages', '<rootDir>/services', '<rootDir>/infra', '<rootDir>/test'],
  testMatch: ['**/src/**/*.test.ts'],
  modulePathIgnorePatterns: ['/dist/'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
    ],
  },
  moduleNameMapper: Object.fromEntries(
    Object.entries(packageNames).map(([name, dir]) => [
      `^@tanxiao/${name}$`,
      `<rootDir>/${dir}/src/index.ts`,
    ]),
  ),
  globalSetup: '<rootDir>/test/src/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/src/support/global-teardown.ts',
  testTimeout: 30_000,
  maxWorkers: 2,
};
