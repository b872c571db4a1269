// Temporal's command line program runs the examples of docs/temporal-contract.md.
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { generationInput } from '../../domain/generations/reservation.ts'
import { root } from '../support/root.ts'
import { environment, temporalCli } from '../support/run/servers.ts'
import type { Lotkeeper } from '../support/servers/connect-lotkeeper.ts'
import { useSharedLotkeeper } from '../support/servers/shared-lotkeeper.ts'

const contract = readFileSync(path.join(root, 'docs/temporal-contract.md'), 'utf8')

// Other tests share the server, so the ids of the contract get a prefix of this test.
const prefix = randomUUID()
const withOwnIds = (text: string) => text.replaceAll('job-', `${prefix}-`)

let lotkeeper: Lotkeeper

beforeAll(async () => {
  lotkeeper = await useSharedLotkeeper()
  const kvidai = lotkeeper.as('kvidai')
  await kvidai.put('/v1/accounts/ada', {})
  await kvidai.post('/v1/accounts/ada/grants', { source: 'purchased', amount: 10, reason: 'test' })
})
afterAll(() => lotkeeper?.stop())

type Run = { code: number; stdout: string; stderr: string }

function shell(command: string): Promise<Run> {
  const script = `temporal() { "$CLI" "$@"; }\n${withOwnIds(command)}`.replaceAll(
    '--task-queue lotkeeper',
    `--task-queue ${lotkeeper.taskQueue}`,
  )
  const env = environment({ CLI: temporalCli(), TEMPORAL_ADDRESS: lotkeeper.temporalAddress })
  return new Promise(resolve => {
    execFile('bash', ['-c', script], { env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code ?? -1) : 0, stdout, stderr }),
    )
  })
}

/** Each command of the contract with its documented outcome. */
const examples = [...contract.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)]
  .map(([, language = '', text = '']) => ({ language, text }))
  .flatMap(({ language, text }, n, blocks) => {
    if (language !== 'sh') return []
    const outcome = blocks[n + 1] ?? { language: 'nothing', text: '' }
    const [, message] = text.match(/--(?:update-)?name (\w+)/) ?? ['', 'result']
    const [, workflow] = text.match(/--workflow-id (\S+)/) ?? []
    return [{ title: `${message} of ${workflow} in example ${n + 1}`, command: text, outcome }]
  })

it('the contract has examples', () => {
  expect(examples.length).toBeGreaterThan(5)
})

it.each(examples)('$title', async ({ command, outcome }) => {
  const { code, stdout, stderr } = await shell(command)
  if (outcome.language === 'json') {
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(JSON.parse(stdout)).toMatchObject(JSON.parse(withOwnIds(outcome.text)))
  } else {
    expect(outcome.language).toBe('text')
    expect(code).toBe(1)
    expect(stderr).toContain(outcome.text.trim())
  }
})

type FailureInfo = { type: string; nonRetryable: boolean; details: { payloads: { data: string }[] } }
type UpdateCompleted = { outcome: { failure: { applicationFailureInfo: FailureInfo } } }
type Shown = { events: { workflowExecutionUpdateCompletedEventAttributes?: UpdateCompleted }[] }

it('the details of the failure have the refusal', async () => {
  const { stdout } = await shell('temporal workflow show --workflow-id generation/kvidai/job-3 --output json')
  const { events }: Shown = JSON.parse(stdout)
  const [update] = events.flatMap(event => event.workflowExecutionUpdateCompletedEventAttributes ?? [])
  const { type, nonRetryable, details } = update?.outcome.failure.applicationFailureInfo ?? {}
  const refusal = Buffer.from(details?.payloads[0]?.data ?? '', 'base64').toString()
  expect({ type, nonRetryable }).toEqual({ type: 'insufficient_credits', nonRetryable: true })
  expect(JSON.parse(refusal)).toEqual({
    code: 'insufficient_credits',
    required: 10,
    available: 8,
    frozen: 0,
    next_grant: null,
    packs: ['credits', 'bulk'],
  })
})

it('the API shows the same generation, and settles one that was reserved through Temporal', async () => {
  const kvidai = lotkeeper.as('kvidai')
  const first = await kvidai.get(withOwnIds('/v1/generations/job-1'))
  expect(first.body).toMatchObject({ state: 'partially_refunded', spent: 2, api_key: 'studio' })

  const reserve = examples[0]?.command.replaceAll('job-1', 'job-4') ?? ''
  expect(await shell(reserve)).toMatchObject({ code: 0 })
  const settled = await kvidai.post(withOwnIds('/v1/generations/job-4/complete'), {})
  expect(settled).toMatchObject({ status: 200, body: { state: 'committed', spent: 4 } })
})

it('the contract names every field of the input', () => {
  const [, reserve = ''] = contract.split(/^## /m).filter(section => /^(Where|Reserve)/.test(section))
  const rows = [...reserve.matchAll(/^\| (`.*?`) \|/gm)].flatMap(([, names = '']) => names.match(/\w+/g) ?? [])
  expect(rows.toSorted()).toEqual(Object.keys(generationInput.shape).toSorted())
})
