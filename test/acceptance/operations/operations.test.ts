import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { printAccount } from '../../../scripts/ops/print-account.ts'
import { readAccounts } from '../../../scripts/ops/show.ts'
import type { Caller } from '../../support/clients/caller.ts'
import { disturb } from '../../support/operators/disturb.ts'
import { root } from '../../support/root.ts'
import { environment } from '../../support/run/servers.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { startLotkeeper } from '../../support/servers/lotkeeper.ts'
import { attentionOf, runOps } from '../../support/servers/ops.ts'
import { waitFor } from '../../support/wait-for.ts'

let lotkeeper: Lotkeeper
let calls: Caller

beforeAll(async () => {
  lotkeeper = await startLotkeeper()
  calls = lotkeeper.as('kvidai')
})
afterAll(() => lotkeeper?.stop())

const attention = () => attentionOf(lotkeeper)

it('Temporal accepts the queries of docs/operations.md', async () => {
  const text = readFileSync(path.join(root, 'docs/operations.md'), 'utf8')
  const [, table = ''] = /## Searching in the Temporal UI\n(.*?)\n## /s.exec(text) ?? []
  const queries = [...table.matchAll(/^\| [^|]+ \| `([^`]+)` \|$/gm)].map(([, query = '']) => query)
  expect(queries.length).toBeGreaterThan(10)
  const { workflow } = lotkeeper.temporal
  for (const query of queries) {
    const ours = `(${query}) AND TaskQueue = '${lotkeeper.taskQueue}'`
    for await (const found of workflow.list({ query: ours })) expect(found.taskQueue).toBe(lotkeeper.taskQueue)
  }
})

it('ops shows attention with commands to send, and an account without its email address', async () => {
  const account = `ada-${randomUUID()}`
  const at = `/v1/accounts/${account}`
  await calls.put(at, { email: 'ada@example.org', time_zone: 'Asia/Seoul' })
  await calls.post(`${at}/grants`, { source: 'purchased', amount: 20, reason: 'welcome' })
  const { body: hold } = await calls.post(`${at}/generations`, { operation: 'image', outputs: 2 })
  const { body: member } = await calls.post(`${at}/memberships`, { plan: 'membership' })
  expect(await attention()).toBe('No items need attention.\n')
  const { body: bought } = await calls.post(`${at}/purchases`, { pack: 'credits', provider: 'bank_transfer' })
  await calls.post(`/v1/purchases/${bought.id}/missing`)
  const branding = lotkeeper.as('branding')
  await branding.put(at, {})
  await branding.post(`${at}/compensations`, { lost: 400, cause: 'wrong-deduction', reason: 'test' })

  const output = await attention()
  expect(output).toContain(`Credits are late: purchase/kvidai/${bought.id} of ${account}\n`)
  expect(output).toContain(`POST /v1/purchases/${bought.id}/reissue {"reason":"REASON"} with a key of kvidai`)
  expect(output).toMatch(/₩9,900, since \S+, due \S+\n/)
  expect(output).toMatch(
    /Compensation needs approval: compensation\/branding\/\S+ of ada-.*\/v1\/approvals\/\S+\/approve/s,
  )
  expect(output).not.toContain('example.org')

  const show = async (personal: boolean) => {
    const lines: string[] = []
    for (const each of await readAccounts(lotkeeper, { account, products: ['branding', 'kvidai'], personal }))
      printAccount(each, line => lines.push(line))
    return lines.join('\n').replaceAll(/ {2,}/g, '  ')
  }
  const shown = await show(false)
  for (const line of [
    `kvidai/${account}`,
    '4 held, 0 frozen, 0 owed',
    'purchased  16  20  4  no',
    `${hold.id}  image  2  4  `,
    `${member.id}  membership  1  active`,
    `${bought.id}  credits  1  ₩9,900  delayed  Credits are late`,
    `purchase/kvidai/${bought.id}  delayed`,
    `generation/kvidai/${hold.id}  reserved`,
    'grant  welcome  yes',
  ])
    expect(shown).toContain(line)
  expect(shown).not.toContain('example.org')
  expect(await show(true)).toContain('e-mail ada@example.org')
})

it('attention leaves out the runs that later ones have replaced, and a command happens once for each change', async () => {
  const { workflow } = lotkeeper.temporal
  const path = `/v1/accounts/${randomUUID()}`
  await calls.put(path, {})
  const { body: bought } = await calls.post(`${path}/purchases`, { pack: 'credits', provider: 'bank_transfer' })
  await calls.post(`/v1/purchases/${bought.id}/missing`)
  const workflowId = `purchase/kvidai/${bought.id}`
  const mentions = async () => (await attention()).split('\n').filter(line => line.includes(`${workflowId} of`))
  const before = await commandOf(workflowId)
  await disturb(lotkeeper.temporal, 'reset', workflowId)
  await waitFor('Temporal to list the new run', async () => {
    const open = `WorkflowId = '${workflowId}' AND NeedsAttention = true AND ExecutionStatus = 'Running'`
    const all = `WorkflowId = '${workflowId}' AND NeedsAttention = true`
    return (await workflow.count(open)).count === 1 && (await workflow.count(all)).count === 2
  })
  expect(await mentions()).toHaveLength(1)
  expect(await metricOf('ended')).toBe(0)

  expect(await commandOf(workflowId)).toBe(before)
  await calls.post(`/v1/purchases/${bought.id}/reissue`)
  await calls.post(`/v1/purchases/${bought.id}/refund`, { reason: 'test' })
  expect(await commandOf(workflowId)).not.toBe(before)
  await workflow.getHandle(workflowId).executeUpdate('event', { args: [{ kind: 'acknowledged' }, 'test'] })
})

/** The id in the command that a workflow's details offer. */
async function commandOf(workflowId: string): Promise<string | undefined> {
  const handle = lotkeeper.temporal.workflow.getHandle(workflowId)
  const { currentDetails } = await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata')
  return /--input '"(repair-\d+)"'/.exec(currentDetails)?.[1]
}

async function metricOf(state: string): Promise<number> {
  const { body } = await calls.get('/metrics')
  return Number(new RegExp(`^lotkeeper_needs_attention\\{state="${state}"\\} (\\d+)$`, 'm').exec(body)?.[1])
}

it('ends quietly when the program that reads the output has ended', async () => {
  const command = `"${process.execPath}" --import tsx scripts/ops.ts views | true`
  const { stderr } = await promisify(execFile)('/bin/sh', ['-c', command], { cwd: root, env: environment({}) })
  expect(stderr).toBe('')
})

it.each([
  [['show', 'ada', '--product', 'nothing'], 1, /--product nothing: unknown product; known:/],
  [['dance'], 2, /npm run ops -- show ACCOUNT/],
  [['attention'], 0, /Credits are late/],
  [['attention', '--json'], 0, /^\[\n.*"what": "Credits are late: purchase\/kvidai\/.*\]\n$/s],
  [['verify', '--json'], 0, /^\[\]\n$/],
])('npm run ops -- %j exits with %i and prints %s', async (args, code, output) => {
  const result = await runOps(lotkeeper, ...args)
  expect(result).toEqual({ code, output: expect.stringMatching(output) })
})
