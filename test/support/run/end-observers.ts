// prom-client observes garbage collection and never stops. An observer belongs to the process, so each test file that
// starts an API would leave its modules behind in the Jest worker, some 30 MB.
import perfHooks from 'node:perf_hooks'

const { PerformanceObserver } = perfHooks
const observers: InstanceType<typeof PerformanceObserver>[] = []

perfHooks.PerformanceObserver = class extends PerformanceObserver {
  override observe(...options: Parameters<InstanceType<typeof PerformanceObserver>['observe']>): void {
    observers.push(this)
    super.observe(...options)
  }
}

afterAll(() => {
  for (const observer of observers) observer.disconnect()
  perfHooks.PerformanceObserver = PerformanceObserver
})
