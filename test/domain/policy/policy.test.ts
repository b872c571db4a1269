import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { stringify } from 'yaml'
import { z } from 'zod'
import { PolicyError, parsePolicy, policySchema } from '../../../domain/policy/policy.ts'
import { readPolicies } from '../../../platform/policy-store.ts'
import { root } from '../../support/root.ts'
import { policyFile } from './example-policy.ts'

const hyphens = 'must be lower-case words joined by hyphens, for example "ai-background"'
const calendar = 'must be a calendar duration of ISO 8601, for example "P90D" or "P2Y"'
const validity = 'must be never_expires, until_next_grant, stated_by_grant or a calendar duration such as "P90D"'
const cost = 'must be whole credits, or a range {minimum, maximum}; or else give rates'

const source = (parts: object) => ({ sources: { bought: { validity: 'P2Y', ...parts } } })
const operation = (parts: object) => ({ operations: { draw: { cost: 1, ...parts } } })

test.each<[parts: object, line: string]>([
  [{ product: undefined }, 'product: Invalid input: expected string, received undefined'],
  [{ product: 'X Design' }, `product: ${hyphens}`],
  [{ product: 'x--design' }, `product: ${hyphens}`],
  [{ name: '' }, 'name: Too small: expected string to have >=1 characters'],
  [{ version: 0 }, 'version: Too small: expected number to be >=1'],
  [{ version: 1.5 }, 'version: Invalid input: expected int, received number'],
  [{ published_at: '2026-11-01' }, 'published_at: Invalid ISO datetime'],
  [{ operation: {} }, '(top): Unrecognized key: "operation"'],

  [{ sources: {} }, 'sources: must list at least one source'],
  [{ sources: { Bought: { validity: 'P2Y' } } }, `sources.Bought: ${hyphens}`],
  // JavaScript lists such a key before the others.
  [{ sources: { 1: { validity: 'P2Y' } } }, `sources.1: ${hyphens}`],
  [source({ validity: undefined }), `sources.bought.validity: ${validity}`],
  [source({ validity: 90 }), `sources.bought.validity: ${validity}`],
  [source({ validity: 'forever' }), `sources.bought.validity: ${calendar}`],
  [source({ validity: 'P' }), `sources.bought.validity: ${calendar}`],
  [source({ validity: 'PT24H' }), `sources.bought.validity: ${calendar}`],
  [source({ validity: 'P1D1M' }), `sources.bought.validity: ${calendar}`],
  [source({ validity: 'P0D' }), `sources.bought.validity: ${calendar}`],
  [source({ validity: 'P9000Y' }), `sources.bought.validity: ${calendar}`],
  [source({ members_only: 'yes' }), 'sources.bought.members_only: Invalid input: expected boolean, received string'],
  [source({ member_only: true }), 'sources.bought: Unrecognized key: "member_only"'],

  [{ spending: {} }, 'spending.order: Invalid input: expected array, received undefined'],
  [{ spending: { order: [] } }, 'spending.order: Too small: expected array to have >=1 items'],
  [{ spending: { order: ['age'] } }, 'spending.order.0: Invalid option: expected one of "expiry"|"source"'],
  [{ spending: { order: ['source', 'source'] } }, 'spending.order: must not name a criterion twice'],

  [{ page: { color: 'green' } }, 'page.color: must be a color such as "#14594c"'],
  [{ page: { color: '#ff9900' } }, 'page.color: is too light to read: #8c5400 is the nearest darker tone'],
  ...['https://cdn.example/logo.png', 'data:text/html;base64,PHA+', 'data:image/png,x'].map(
    (logo): [object, string] => [
      { page: { logo } },
      'page.logo: must be a data URI of a PNG, WebP or SVG image, such as "data:image/png;base64,…"',
    ],
  ),
  [{ page: { logo: `data:image/png;base64,${'A'.repeat(24_000)}` } }, 'page.logo: must have at most 24000 characters'],
  [{ page: { join_url: 'http://shop.example' } }, 'page.join_url: Invalid URL'],

  [{ generations: { timeout_seconds: 0 } }, 'generations.timeout_seconds: Too small: expected number to be >=1'],
  [
    { generations: { timeout_seconds: 604_801 } },
    'generations.timeout_seconds: Too big: expected number to be <=604800',
  ],
  [{ generations: { refund_after_expiry: 'never' } }, `generations.refund_after_expiry: ${calendar}`],

  [{ operations: {} }, 'operations: must list at least one operation'],
  [{ operations: { draw_it: { cost: 1 } } }, `operations.draw_it: ${hyphens}`],
  [operation({ cost: undefined }), `operations.draw.cost: ${cost}`],
  [operation({ cost: -1 }), 'operations.draw.cost: Too small: expected number to be >=0'],
  [operation({ cost: 0.5 }), `operations.draw.cost: ${cost}`],
  [operation({ cost: '1' }), `operations.draw.cost: ${cost}`],
  [operation({ cost: { minimum: 1 } }), `operations.draw.cost: ${cost}`],
  [operation({ cost: { minimum: 5, maximum: 1 } }), 'operations.draw.cost: minimum must not be above maximum'],
  [operation({ outputs: { default: 0 } }), 'operations.draw.outputs.default: Too small: expected number to be >=1'],
  [operation({ outputs: { default: 4, maximum: 2 } }), 'operations.draw.outputs: default must not be above maximum'],
  [operation({ options: { logo: [] } }), 'operations.draw.options.logo: Too small: expected array to have >=1 items'],
  [operation({ free_trials: -1 }), 'operations.draw.free_trials: Too small: expected number to be >=0'],
  [
    operation({ options: { logo: [true] }, requires: { logo: ['background'] } }),
    'operations.draw.requires.logo: background is not an option',
  ],
  [operation({ plans: ['gold'] }), 'operations.draw.plans.0: must be one of the plans (none)'],
  [{ limits: { priority: 6 } }, 'limits.priority: Too big: expected number to be <=5'],
  [{ plans: { member: { name: 'M', launch: { credits: 5 } } } }, 'plans.member.launch: needs the launch of the policy'],
  [
    { launch: { from: '2027-02-01T00:00:00Z', period: 'P4W', source: 'launch' } },
    'launch.source: must be one of the sources bought',
  ],
  [
    {
      compensation: {
        source: 'bought',
        causes: ['bug'],
        multiplier: { default: 3, maximum: 2 },
        approval_above: null,
      },
    },
    'compensation.multiplier: default must not be above maximum',
  ],
  [
    {
      purchases: { providers: ['gumroad', 'manual'] },
      packs: { small: { name: 'S', credits: 1, source: 'bought', price: { amount: 1, currency: 'USD' } } },
    },
    'packs.small.gumroad: is required: gumroad is the default provider',
  ],
  [
    {
      packs: {
        small: {
          name: 'S',
          credits: 1,
          source: 'bought',
          price: { amount: 1, currency: 'EUR' },
          gumroad: 'https://shop.gumroad.com/l/small',
        },
      },
    },
    'packs.small.price.currency: must be USD for a pack with a page at Gumroad, which reports US cents',
  ],
  [
    { codes: { wrong_attempts: { per_account: 0 } } },
    'codes.wrong_attempts.per_account: Too small: expected number to be >=1',
  ],
  [{ campaigns: { sources: ['bought', 'free'] } }, 'campaigns.sources.1: must be one of the sources bought'],
  [operation({ options: { logo: [1] } }), 'operations.draw.options.logo.0: must be a text, true or false'],
])('%j is refused: %s', (parts, line) => {
  const content = policyFile(parts)
  const parse = () => parsePolicy('shop.yaml', content)
  expect(parse).toThrow(PolicyError)
  expect(parse).toThrow(new Error(`shop.yaml is not a valid policy:\n  ${line}`))
})

test('every mistake is named, one per line', () => {
  const parts = { name: '', spending: { order: [] }, operations: { draw: { price: 1 } }, extra: 1 }
  expect(() => parsePolicy('shop.yaml', policyFile(parts))).toThrow(
    new Error(
      [
        'shop.yaml is not a valid policy:',
        '  name: Too small: expected string to have >=1 characters',
        '  spending.order: Too small: expected array to have >=1 items',
        '  operations.draw: Unrecognized key: "price"',
        `  operations.draw.cost: ${cost}`,
        '  (top): Unrecognized key: "extra"',
      ].join('\n'),
    ),
  )
})

test.each([null, undefined, 'text', []])('a file that holds %j is refused', content => {
  expect(() => parsePolicy('shop.yaml', content)).toThrow(
    /^shop.yaml is not a valid policy:\n {2}\(top\): Invalid input: expected object, received/,
  )
})

test('omitted values have the defaults of the schema', () => {
  expect(parsePolicy('shop.yaml', policyFile())).toMatchObject({
    sources: { bought: { members_only: false } },
    spending: { requires_membership: false },
    generations: { timeout_seconds: 900, refund_after_expiry: 'P7D' },
    operations: { draw: { unit: 'output', outputs: { default: 1, maximum: 1 }, options: {} } },
  })
})

const shipped = path.join(root, 'policies')

test('the JSON Schema for editors is what npm run schemas writes', () => {
  const written = JSON.parse(readFileSync(path.join(shipped, 'policy.schema.json'), 'utf8'))
  expect(written).toEqual(z.toJSONSchema(policySchema, { io: 'input', target: 'draft-7' }))
})

test('the shipped policies are valid', () => {
  const policies = readPolicies(shipped)
  expect([...policies.keys()]).toEqual(expect.arrayContaining(['kvidai', 'x-design']))
})

test.each<[string, files: Record<string, string>, message: string]>([
  ['no policy', { 'notes.txt': '' }, '(folder): contains no policy file (*.yaml)'],
  ['bad YAML', { 'a.yaml': 'product: [' }, 'a.yaml is not a valid policy:\n  (yaml): '],
  ['a key twice', { 'a.yaml': 'name: A\nname: B' }, 'a.yaml is not a valid policy:\n  (yaml): Map keys must be unique'],
  ['an empty file', { 'a.yaml': '' }, 'a.yaml is not a valid policy:\n  (top): Invalid input'],
  [
    'one version twice',
    { 'a.yaml': stringify(policyFile()), 'b.yaml': stringify(policyFile()) },
    'b.yaml is not a valid policy:\n  version: 1 of example is in another file already',
  ],
  [
    'a version that is published before an earlier one',
    { 'a.yaml': stringify(policyFile()), 'b.yaml': stringify({ ...policyFile(), version: 2 }) },
    'b.yaml is not a valid policy:\n  published_at: version 2 must be published after version 1',
  ],
])('a folder with %s is refused', (_, files, message) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'policies-'))
  try {
    for (const [file, text] of Object.entries(files)) writeFileSync(path.join(folder, file), text)
    expect(() => readPolicies(folder)).toThrow(message)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
