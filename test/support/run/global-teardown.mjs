export default function globalTeardown() {
  return globalThis.stopLotkeeperTestRun?.()
}
