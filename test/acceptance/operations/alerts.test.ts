import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import { routes } from '../../../api/routes/index.ts'
import { freePort } from '../../../scripts/servers/ports.ts'
import { becomesTrue } from '../../../scripts/servers/processes.ts'
import { root } from '../../support/root.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { startLotkeeper } from '../../support/servers/lotkeeper.ts'

const read = (file: string) => readFileSync(path.join(root, 'docs', file), 'utf8')

type Rule = {
  alert: string
  expr: string
  labels: { severity: string }
  annotations: { summary: string }
}
const rules: Rule[] = parse(read('alerts.yml')).groups.flatMap((group: { rules: Rule[] }) => group.rules)
type Panel = { title: string; targets?: { expr: string }[] }
const panels: Panel[] = JSON.parse(read('grafana/lotkeeper.json')).panels
const expressions = [
  ...rules.map(({ alert, expr }) => [alert, expr] as const),
  ...panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => [title, expr] as const)),
]

let lotkeeper: Lotkeeper
let exposed: string

beforeAll(async () => {
  const address = `127.0.0.1:${await freePort()}`
  lotkeeper = await startLotkeeper({ WORKER_METRICS_ADDRESS: address })
  const calls = lotkeeper.as('kvidai')
  await calls.put('/v1/accounts/ada', {})
  await calls.post('/v1/accounts/ada/generations', { operation: 'image' })
  const worker = async () => (await fetch(`http://${address}/metrics`)).text()
  expect(await becomesTrue(async () => /workflow_completed/.test(await worker()), 30)).toBe(true)
  exposed = (await calls.get('/metrics')).body + (await worker())
})
afterAll(() => lotkeeper?.stop())

it.each(expressions)('%s queries metrics that exist: %s', (_, expr) => {
  const names = [...expr.matchAll(/\b(?:lotkeeper|temporal|nodejs|process)_\w+/g)].map(([name]) => name)
  expect(names.length).toBeGreaterThan(0)
  for (const name of names) expect(exposed).toMatch(new RegExp(`^${name}[{ ]`, 'm'))
  for (const [, label] of expr.matchAll(/\b(?:by \(|, )(\w+)(?=[,)])/g))
    if (label !== 'instance') expect(exposed).toMatch(new RegExp(`[{,]${label}="`))
  for (const [, route] of expr.matchAll(/route="([^"]+)"/g))
    expect(routes.map(({ path }) => path.replaceAll(/\{(\w+)\}/g, ':$1'))).toContain(route)
  for (const pair of ['()', '[]', '{}']) {
    const count = (sign = '') => expr.split(sign).length
    expect(count(pair[0])).toBe(count(pair[1]))
  }
})

it('each alert has a summary, a severity, and a row in docs/operations.md', () => {
  const [, chapter = ''] = /## Metrics and alerts\n(.*?)\n## /s.exec(read('operations.md')) ?? []
  const listed = [...chapter.matchAll(/^\| (`.*?`) \|/gm)].flatMap(([, names = '']) =>
    [...names.matchAll(/`(\w+)`/g)].map(([, name]) => name),
  )
  expect(listed).toEqual(rules.map(({ alert }) => alert))
  for (const { labels, annotations } of rules) {
    expect(['page', 'ticket']).toContain(labels.severity)
    expect(annotations.summary).toMatch(/\.$/)
  }
})
