import { createKey } from '../../db/accounts/api-keys.ts'
import { connectDb } from '../../db/core/connect.ts'
import { readConfig } from '../../platform/config.ts'
import { freePort } from '../../scripts/servers/ports.ts'
import { caller } from '../support/clients/caller.ts'
import type { RequestStage } from '../support/network/tap.ts'
import { randomFrom } from '../support/random.ts'
import { caseCount, createDatabase, repetitions, seed, temporalAddress } from '../support/run/servers.ts'
import { type Server, TappedService } from '../support/servers/tapped-service.ts'
import { runWithClients } from './run-with-clients.ts'

// 20 clients work while API and worker are killed with kill -9 at named points of their requests to PostgreSQL and
// Temporal. In the end the ledger holds exactly what was acknowledged.

/** RUNS changes it, so that the long form can be run in pieces. */
const KILLS = caseCount(repetitions(10, 240))

type NamedPoint = { name: string; server: Server; stage: RequestStage; request: RegExp }

const stages: Record<Server, RequestStage[]> = {
  postgres: ['unreceived', 'uncommitted', 'unanswered'],
  temporal: ['unreceived', 'unanswered'],
}

function pointsAt(server: Server, requests: Record<string, RegExp>): NamedPoint[] {
  return Object.entries(requests).flatMap(([name, request]) =>
    stages[server].map(stage => ({ name: `${name}, ${stage}`, server, stage, request })),
  )
}

const pointsByRole = {
  worker: [
    ...pointsAt('postgres', {
      'reserve in PostgreSQL': /from reserve\(/,
      'settle in PostgreSQL': /from settle\(/,
      'save_purchase in PostgreSQL': /from save_purchase\(/,
    }),
    ...pointsAt('temporal', {
      'completed workflow task': /RespondWorkflowTaskCompleted/,
      'completed activity': /RespondActivityTaskCompleted/,
    }),
  ],
  api: [
    ...pointsAt('postgres', {
      'charge in PostgreSQL': /from charge\(/,
      'grant_lot in PostgreSQL': /from grant_lot\(/,
      'stored response in PostgreSQL': /insert into idempotent_responses/,
    }),
    ...pointsAt('temporal', {
      'update-with-start of a workflow': /ExecuteMultiOperation/,
      'update of a workflow': /UpdateWorkflowExecution/,
    }),
  ],
}

jest.setTimeout(60_000 + KILLS * 20_000)

it(`${KILLS} kills at named points under 20 clients lose nothing and do nothing twice (seed ${seed})`, async () => {
  const database = await createDatabase()
  const config = {
    ...readConfig({
      NODE_ENV: 'test',
      DATABASE_POOL: '8',
      TEMPORAL_TASK_QUEUE: `kills-${database.url.slice(-16)}`,
    }),
    databaseUrl: database.url,
    temporalAddress: temporalAddress(),
  }
  const db = connectDb(database.url, 2)
  const { key } = await createKey(db, 'kvidai', { name: 'test', scope: 'admin' })
  const ports = await Promise.all([freePort(), freePort()])
  const [tapped, workers] = await Promise.all([
    Promise.all(ports.map(port => TappedService.start('api', { ...config, port }))),
    Promise.all([1, 2].map(() => TappedService.start('worker', config))),
  ])
  const apis = tapped.map((api, number) => ({
    caller: caller(`http://127.0.0.1:${ports[number]}`, key),
    ready: () => api.ready,
  }))
  const killCounts = new Map<string, number>()
  let kills = 0

  async function killRepeatedly(
    role: keyof typeof pointsByRole,
    service: TappedService,
    random: () => number,
  ): Promise<void> {
    const points = pointsByRole[role]
    for (let number = Math.floor(random() * points.length); kills < KILLS; number += 1) {
      const { name, server, ...point } = points[number % points.length] as NamedPoint
      kills += 1
      await service.killAt(server, point)
      killCounts.set(`${role}, ${name}`, (killCounts.get(`${role}, ${name}`) ?? 0) + 1)
      await service.restart()
    }
  }

  try {
    const random = randomFrom(seed)
    const { summary, openHolds } = await runWithClients({ db, apis, seed }, async () => {
      await Promise.all([
        ...tapped.map(api => killRepeatedly('api', api, random)),
        ...workers.map(worker => killRepeatedly('worker', worker, random)),
      ])
    })
    const counts = [...killCounts].sort().map(([name, count]) => `\n${String(count).padStart(4)} ${name}`)
    console.info(`seed ${seed}: ${kills} kills, ${summary}${counts.join('')}`)
    // Only an API that is killed before it reports a caller timeout leaves a hold.
    expect(openHolds).toBeLessThanOrEqual(kills)
  } finally {
    await Promise.all([...tapped, ...workers].map(service => service.stop()))
    await db.end()
    await database.drop()
  }
})
