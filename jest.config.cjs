/** @type {import('jest').Config} */
module.exports = {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testEnvironment: 'node',
  testTimeout: 60_000,
  // Two, as on the smallest machine that we promise to test on: they share one PostgreSQL and one Temporal server.
  maxWorkers: 2,
  // A test that fails halfway may leave a connection open, which would keep the run from ever ending.
  forceExit: true,
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  // The project is ESM; in Jest it runs as CommonJS, which Jest's own module loader supports without flags.
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  modulePathIgnorePatterns: ['<rootDir>/.lotkeeper/'],
  watchPathIgnorePatterns: ['<rootDir>/.lotkeeper/'],
}
