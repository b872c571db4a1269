import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { root } from '../../support/root.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { useSharedLotkeeper } from '../../support/servers/shared-lotkeeper.ts'
import { waitFor } from '../../support/wait-for.ts'

let lotkeeper: Lotkeeper

beforeAll(async () => {
  lotkeeper = await useSharedLotkeeper()
})
afterAll(() => lotkeeper?.stop())

const kvidai = readFileSync(path.join(root, 'policies/kvidai.yaml'), 'utf8')
const compare = (yaml: string) => lotkeeper.as('kvidai', 'support').post('/v1/policy/diff', { yaml })
const versionOf = (yaml: string) => Number(/^version: (\d+)/m.exec(yaml)?.[1])
const withVersion = (yaml: string) => yaml.replace(/^version: \d+/m, `version: ${versionOf(yaml) + 1}`)

it('the policy in force is told in plain words', async () => {
  const { body } = await lotkeeper.as('kvidai', 'support').get('/v1/policy')
  expect(body).toMatchObject({ current: { product: 'kvidai', version: versionOf(kvidai) }, next: null })
  expect(body.current.sections.find(({ heading }: { heading: string }) => heading === 'Prices').lines).toContainEqual(
    expect.stringContaining('image'),
  )
})

it('a draft tells what changes, for whom, and for how many accounts', async () => {
  expect((await compare(kvidai)).body).toMatchObject({ changes: [], inconsistencies: [] })
  const caller = lotkeeper.as('kvidai')
  const draft = kvidai.replace('credits: 300 }', 'credits: 301 }')
  expect(draft).not.toBe(kvidai)
  const accounts = async () => {
    const { status, body } = await compare(withVersion(draft))
    expect([status, body.inconsistencies]).toEqual([200, []])
    expect(body.changes).toHaveLength(1)
    return body.changes[0]
  }
  const before = await accounts()
  for (const plan of ['membership', 'enterprise', null]) {
    const name = `/v1/accounts/${randomUUID()}`
    await caller.put(name, {})
    if (plan) await caller.post(`${name}/memberships`, { plan })
  }
  const after = await accounts()
  expect(after).toMatchObject({ who: before.who, accounts: before.accounts + 1 })
  expect(after.lines).toHaveLength(2)
  expect((await compare(draft)).body.inconsistencies).toEqual([
    `version: must be above ${versionOf(kvidai)}, because the policy changes.`,
  ])
})

it.each([
  ['product: [', '(yaml): '],
  ['product: kvidai', 'invalid'],
  [kvidai.replace('product: kvidai', 'product: myai'), 'product: must be kvidai'],
])('a draft %# that is no policy of the product is refused', async (yaml, message) => {
  const { status, body } = await compare(yaml)
  expect([status, body.code]).toEqual([422, 'invalid_request'])
  if (message !== 'invalid')
    expect(body.errors[0]).toMatchObject({ path: 'yaml', message: expect.stringContaining(message) })
})

it('health counts the work of the product, and tells when schedules run', async () => {
  const support = lotkeeper.as('x-design', 'support')
  const count = async (name: string) =>
    (await support.get('/v1/health')).body.counts.find((each: { name: string }) => each.name === name).count
  const open = await count('holds_open')
  for (const product of ['x-design', 'listing-studio']) {
    const caller = lotkeeper.as(product)
    await caller.put('/v1/accounts/health', {})
  }
  expect(await count('holds_open')).toBe(open)
  await waitFor('a schedule that has run', async () => {
    const { schedules } = (await support.get('/v1/health')).body
    return schedules?.some(
      ({ id, paused, next_run_at }: { id: string; paused: boolean; next_run_at: string | null }) =>
        id === 'reconcile' && !paused && next_run_at !== null,
    )
  })
  expect((await lotkeeper.as('x-design', 'manage').get('/v1/health')).status).toBe(403)
})
