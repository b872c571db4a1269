const { existsSync } = require('node:fs')
const path = require('node:path')

const browsers = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const hasBrowser = (process.env.PATH ?? '')
  .split(path.delimiter)
  .some(folder => browsers.some(name => existsSync(path.join(folder, name))))
// Where a person has no Chromium, what needs one is left out, and says so. CI installs it, and must not go without.
const withoutBrowser =
  hasBrowser || process.env.CI
    ? []
    : ['/test/web/', '/test/clients/packages.test.ts', '/test/acceptance/portal/page.test.ts']
if (withoutBrowser.length > 0)
  console.warn(
    'No Chromium on PATH: the tests of the page in a browser are left out (apt-get install chromium-headless-shell).',
  )

/** @type {import('jest').Config} */
module.exports = {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', ...withoutBrowser],
  testEnvironment: 'node',
  setupFilesAfterEnv: ['<rootDir>/test/support/run/end-observers.ts'],
  testTimeout: 60_000,
  // Two, as on the smallest machine that we promise to test on: they share one PostgreSQL and one Temporal server.
  maxWorkers: 2,
  // What a test file leaves behind stays in its worker: a fresh one is quicker than the garbage collection.
  workerIdleMemoryLimit: '500MB',
  globalSetup: '<rootDir>/test/support/run/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/run/global-teardown.mjs',
  // The project is ESM; in Jest it runs as CommonJS, which Jest's own module loader supports without flags. So do packages that
  // are ESM only.
  transformIgnorePatterns: ['/node_modules/(?!(openid-client|oauth4webapi|jose)/)'],
  transform: {
    '\\.ts$|/node_modules/(openid-client|oauth4webapi|jose)/.*\\.js$': [
      '@swc/jest',
      {
        jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  moduleNameMapper: {
    '^@lotkeeper/client$': '<rootDir>/clients/typescript/src/index.ts',
    '^@lotkeeper/client/temporal$': '<rootDir>/clients/typescript/src/temporal.ts',
  },
  modulePathIgnorePatterns: ['<rootDir>/.lotkeeper/', '<rootDir>/clients/[a-z]+/dist/'],
  watchPathIgnorePatterns: ['<rootDir>/.lotkeeper/'],
}
