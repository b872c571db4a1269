import { readFileSync } from 'node:fs'
import type { AppConfig, Demo } from '../../platform/config.ts'
import { callerOf, type Reply } from '../running.ts'

export const demo: Demo = { product: 'kvidai', account: 'demo' }
const DAY_MS = 86_400_000
const DAYS = 365

/**
 * Creates a demo account with a year of history over HTTP, on a test clock. Each step has an idempotency key, so an
 * interrupted start continues; later starts only advance the clock to now.
 * @returns a link to its portal
 */
export async function makeDemoAccount(
  { apiUrl, keysFile }: { apiUrl: string; keysFile: string },
  signal: AbortSignal,
): Promise<string> {
  const key = JSON.parse(readFileSync(keysFile, 'utf8'))[demo.product]?.admin ?? ''
  const call = callerOf(apiUrl, key)
  const send = async (path: string, body: object, idempotencyKey?: string): Promise<Reply['body']> => {
    signal.throwIfAborted()
    const { status, body: answer } = await call('POST', path, body, idempotencyKey)
    if (status >= 300 && status !== 402) throw new Error(`${path}: ${answer.code}: ${answer.detail ?? ''}`)
    return answer
  }
  const path = `/v1/accounts/${demo.account}`
  const known = await call('GET', path)
  const reached = known.status === 200 ? new Date((known.body.balance as { as_of: string }).as_of) : null
  const present = new Date()
  const clock = (known.body.test_clock as string | undefined) ?? (await begin(call, send, path, present))
  const start = new Date((await call('GET', path)).body.created_at as string)

  for (const { day, hours, steps } of year()) {
    const at = new Date(start.getTime() + day * DAY_MS - (day === DAYS ? 0 : hours * 3_600_000))
    if (reached && at < reached) continue
    if (at > present) break
    await send(`/v1/test-clocks/${clock}/advance`, { to: at.toISOString() })
    for (const [index, { to, body, then }] of steps.entries()) {
      const answer = await send(`${path}/${to}`, body, `demo-${day}-${index}`)
      if (then && typeof answer.id === 'string') await send(`/v1/generations/${answer.id}/${then.how}`, then.body)
    }
  }
  if (!reached || reached < present) await send(`/v1/test-clocks/${clock}/advance`, { to: present.toISOString() })
  return String((await send(`${path}/portal-sessions`, {})).url)
}

type Send = (path: string, body: object, idempotencyKey?: string) => Promise<Reply['body']>

async function begin(call: ReturnType<typeof callerOf>, send: Send, path: string, present: Date): Promise<string> {
  const now = new Date(present.getTime() - DAYS * DAY_MS)
  const { id } = await send('/v1/test-clocks', { now: now.toISOString() })
  await call('PUT', path, { test_clock: id, time_zone: 'Asia/Seoul' })
  const paid_through = new Date(present.getTime() + 45 * DAY_MS).toISOString()
  await send(`${path}/memberships`, { plan: 'membership', paid_through }, 'demo-membership')
  return String(id)
}

type Step = { to: string; body: object; then?: { how: string; body: object } }

function* year(): Generator<{ day: number; hours: number; steps: Step[] }> {
  const random = seededRandom(7)
  for (let day = 1; day <= DAYS; day++) {
    const steps: Step[] = []
    if (day % 150 === 40) steps.push(grant('purchased', 250))
    if (day % 95 === 10) steps.push(grant('promotional', 60))
    if (day === DAYS - 4) steps.push(grant('promotional', 40))
    const busy = day % 7 === 6 ? 0.1 : 0.3 + 0.5 * Math.sin((day / DAYS) * 3) ** 2
    if (random() < busy) steps.push(charge(random))
    if (day > DAYS - 30 && random() < 0.5) steps.push(charge(random))
    if (day % 29 === 5) steps.push(generation(4, { how: 'complete', body: { delivered: 3 } }))
    if (day % 61 === 8) steps.push(generation(2, { how: 'fail', body: { reason: 'model' } }))
    if (day === DAYS) steps.push(generation(4, { how: 'complete', body: { delivered: 2 } }), generation(2))
    if (steps.length > 0) yield { day, hours: random() * 12, steps }
  }
}

function grant(source: string, amount: number): Step {
  return { to: 'grants', body: { source, amount, reason: 'demo' } }
}

function charge(random: () => number): Step {
  const video = random() < 0.12
  const outputs = 1 + Math.floor(random() * (video ? 2 : 8))
  return { to: 'charges', body: { operation: video ? 'video' : 'image', outputs } }
}

function generation(outputs: number, then?: Step['then']): Step {
  return { to: 'generations', body: { operation: 'image', outputs }, ...(then ? { then } : {}) }
}

/** Seeded, so that an interrupted demo continues with the same year. */
function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

export function wantsDemoAccount({ nodeEnv, demoAccount }: AppConfig): boolean {
  return nodeEnv === 'development' && demoAccount
}
