import type { AppConfig } from '../../../platform/config.ts'
import { tapPostgres } from '../network/postgres-tap.ts'
import type { Point, Tap } from '../network/tap.ts'
import { tapTemporal } from '../network/temporal-tap.ts'
import { ServiceProcess } from './service-process.ts'

export type Server = 'postgres' | 'temporal'

/** A service process whose connections are tapped, so that it can be killed at an exact point. */
export class TappedService {
  private readonly service: ServiceProcess
  private readonly taps: Record<Server, Tap>

  private constructor(service: ServiceProcess, taps: Record<Server, Tap>) {
    this.service = service
    this.taps = taps
  }

  static async start(role: 'api' | 'worker', config: AppConfig): Promise<TappedService> {
    const url = new URL(config.databaseUrl)
    const [postgres, temporal] = await Promise.all([tapPostgres(url.host), tapTemporal(config.temporalAddress)])
    url.host = postgres.host
    const service = new ServiceProcess(role, {
      ...config,
      databaseUrl: url.href,
      temporalAddress: temporal.host,
    })
    await service.start()
    return new TappedService(service, { postgres, temporal })
  }

  /** Resolves when it answers, after a restart where it is down. */
  get ready(): Promise<void> {
    return this.service.ready
  }

  /** Resolves when it was killed with kill -9 at this point. */
  async diesAt(server: Server, point: Point): Promise<void> {
    await new Promise<void>(resolve => {
      // The signal is sent before anything else can happen.
      this.taps[server].watch(point, () => this.service.kill().then(resolve))
    })
  }

  /** Resolves when it answers again. */
  revive(): Promise<void> {
    return this.service.start()
  }

  async stop(): Promise<void> {
    await this.service.kill()
    await Promise.all(Object.values(this.taps).map(tap => tap.stop()))
  }
}
