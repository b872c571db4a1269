import { pino } from 'pino'
import { startRelay } from '../../worker/relay.ts'
import type { Lotkeeper } from '../support/servers/connect-lotkeeper.ts'
import { startLotkeeper } from '../support/servers/lotkeeper.ts'
import { waitFor } from '../support/wait-for.ts'

let lotkeeper: Lotkeeper

beforeAll(async () => {
  lotkeeper = await startLotkeeper({ WEBHOOKS_TO_LOOPBACK: 'on' }, { runsWorker: false })
})
afterAll(() => lotkeeper?.stop())

it('an endpoint whose workflow takes no signal does not delay the others', async () => {
  const kvidai = lotkeeper.as('kvidai')
  for (const path of ['one', 'two', 'three'])
    await kvidai.post('/v1/webhook-endpoints', { url: `http://127.0.0.1:1/${path}` })
  await kvidai.put('/v1/accounts/ada', {})
  await kvidai.post('/v1/accounts/ada/grants', { source: 'purchased', amount: 1, reason: 'test' })

  const signalled: string[] = []
  const signalWithStart = async (_type: string, { workflowId }: { workflowId: string }) => {
    if (!signalled.includes(workflowId)) signalled.push(workflowId)
    if (workflowId === signalled[0]) throw new Error('too many signals')
  }
  const client = { workflow: { signalWithStart }, withDeadline: (_: number, call: () => unknown) => call() }
  const now = () => new Date()
  const relay = startRelay(lotkeeper.config, client as never, lotkeeper.db, now, pino({ level: 'silent' }))
  try {
    await waitFor('the other endpoints', () => signalled.length === 3)
  } finally {
    await relay.stop()
  }
})
