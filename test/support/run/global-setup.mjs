// Plain JavaScript, since Jest imports it before TypeScript can be read. Its code runs as ESM by tsx, as with `npm
// start`, not as the CommonJS of the tests.
import { register } from 'tsx/esm/api'

export default async function globalSetup() {
  register()
  const { startRun, stopRun } = await import('./run.ts')
  globalThis.stopLotkeeperTestRun = stopRun
  await startRun()
}
