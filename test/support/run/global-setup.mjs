// Plain JavaScript, because Jest imports it before anything can read TypeScript. What it starts runs as ESM by tsx, as
// `npm start` does, not as the CommonJS of the tests.
import { register } from 'tsx/esm/api'

export default async function globalSetup() {
  register()
  const { startRun, stopRun } = await import('./run.ts')
  globalThis.stopLotkeeperTestRun = stopRun
  await startRun()
}
