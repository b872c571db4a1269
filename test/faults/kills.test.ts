import { createKey } from '../../db/accounts/api-keys.ts'
import { connectDb } from '../../db/core/connect.ts'
import { readConfig } from '../../platform/config.ts'
import { freePort } from '../../scripts/servers/ports.ts'
import { caller } from '../support/clients/caller.ts'
import type { Moment } from '../support/network/tap.ts'
import { randomFrom } from '../support/random.ts'
import { createDatabase, runs, seed, temporalAddress, times } from '../support/run/servers.ts'
import { type Server, TappedService } from '../support/servers/tapped-service.ts'
import { whileWorking } from './while-working.ts'

// 20 clients work while API and worker are killed with kill -9 at named points of their connections to PostgreSQL and
// Temporal. In the end the ledger holds exactly what was acknowledged.

/** RUNS changes it, so that the long form can be run in pieces. */
const KILLS = runs(times(10, 240))

type NamedPoint = { name: string; server: Server; moment: Moment; of: RegExp }

const moments: Record<Server, Moment[]> = {
  postgres: ['unreceived', 'uncommitted', 'unanswered'],
  temporal: ['unreceived', 'unanswered'],
}

function pointsAt(server: Server, requests: Record<string, RegExp>): NamedPoint[] {
  return Object.entries(requests).flatMap(([name, of]) =>
    moments[server].map(moment => ({ name: `${name}, ${moment}`, server, moment, of })),
  )
}

const pointsOf = {
  worker: [
    ...pointsAt('postgres', {
      'the book reserves': /from reserve\(/,
      'the book settles': /from settle\(/,
      'the book moves a purchase': /from save_purchase\(/,
    }),
    ...pointsAt('temporal', {
      'a workflow task is done': /RespondWorkflowTaskCompleted/,
      'an activity is done': /RespondActivityTaskCompleted/,
    }),
  ],
  api: [
    ...pointsAt('postgres', {
      'the book charges': /from charge\(/,
      'the book grants': /from grant_lot\(/,
      'an answer is remembered': /insert into idempotent_responses/,
    }),
    ...pointsAt('temporal', {
      'a workflow is begun': /ExecuteMultiOperation/,
      'a workflow is told': /UpdateWorkflowExecution/,
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
  const killed = new Map<string, number>()
  let kills = 0

  async function killRepeatedly(
    role: keyof typeof pointsOf,
    service: TappedService,
    random: () => number,
  ): Promise<void> {
    const points = pointsOf[role]
    for (let number = Math.floor(random() * points.length); kills < KILLS; number += 1) {
      const { name, server, ...point } = points[number % points.length] as NamedPoint
      kills += 1
      await service.diesAt(server, point)
      killed.set(`${role} where ${name}`, (killed.get(`${role} where ${name}`) ?? 0) + 1)
      await service.revive()
    }
  }

  try {
    const random = randomFrom(seed)
    const { said, stillHeld } = await whileWorking({ db, apis, seed }, async () => {
      await Promise.all([
        ...tapped.map(api => killRepeatedly('api', api, random)),
        ...workers.map(worker => killRepeatedly('worker', worker, random)),
      ])
    })
    const counts = [...killed].sort().map(([name, count]) => `\n${String(count).padStart(4)} ${name}`)
    console.info(`seed ${seed}: ${kills} kills, ${said}${counts.join('')}`)
    // Only an API that is killed before it reports a caller timeout leaves a hold.
    expect(stillHeld).toBeLessThanOrEqual(kills)
  } finally {
    await Promise.all([...tapped, ...workers].map(service => service.stop()))
    await db.end()
    await database.drop()
  }
})
