import type { AppConfig } from '../../../platform/config.ts'
import { tapPostgres } from '../network/postgres-tap.ts'
import type { RequestPoint, Tap } from '../network/tap.ts'
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

  /** Resolves when the current process answers. */
  get ready(): Promise<void> {
    return this.service.ready
  }

  /** Kills it with kill -9 at this point; resolves when it has ended. */
  async killAt(server: Server, point: RequestPoint): Promise<void> {
    await new Promise<void>(resolve => {
      // The signal is sent before anything else can happen.
      this.taps[server].watch(point, () => this.service.kill().then(resolve))
    })
  }

  /** Resolves when it answers again. */
  restart(): Promise<void> {
    return this.service.start()
  }

  async stop(): Promise<void> {
    await this.service.kill()
    await Promise.all(Object.values(this.taps).map(tap => tap.stop()))
  }
}
