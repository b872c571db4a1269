import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

// The law of DESIGN, "Who may import whom". Names of folders end in a slash.
const RULES = 'credits/'
const BOOK = ['ledger/', 'payments/']
const MAIL = 'mail/'
const WEBHOOKS = 'webhooks/'
const APP = [
  RULES,
  ...BOOK,
  MAIL,
  WEBHOOKS,
  'activities/',
  'workflows/',
  'api/',
  'worker/',
  'migrations/',
  'policy-files.ts',
  'config.ts',
  'temporal-client.ts',
  'run-service.ts',
  'run-program.ts',
]

/** The first name that fits a file counts. All may import from their own folder. */
const law: Record<string, { may: string[]; types?: string[] }> = {
  'credits/': { may: [] },
  'ledger/': { may: [RULES] },
  'payments/': { may: [RULES] },
  'mail/': { may: [RULES] },
  'webhooks/': { may: [] },
  'policy-files.ts': { may: [RULES] },
  'activities/': { may: [RULES, ...BOOK, MAIL, WEBHOOKS, 'policy-files.ts'] },
  'workflows/': { may: [RULES], types: ['activities/'] },
  'api/start.ts': { may: APP },
  'api/main.ts': { may: APP },
  'api/': {
    may: [
      RULES,
      ...BOOK,
      MAIL,
      WEBHOOKS,
      'policy-files.ts',
      'workflows/ids.ts',
      'workflows/messages.ts',
      'workflows/starts.ts',
    ],
    types: ['config.ts', 'temporal-client.ts'],
  },
  'worker/': { may: APP },
  'migrations/': { may: ['ledger/', 'config.ts', 'run-program.ts'] },
  'web/': { may: [] },
  'client/': { may: [] },
  'examples/': { may: ['client/'] },
  'config.ts': { may: [] },
  'run-service.ts': { may: ['config.ts'] },
  'temporal-client.ts': { may: ['config.ts'] },
  'run-program.ts': { may: [] },
  'scripts/': { may: [...APP, 'web/build.ts'] },
  'bench/': { may: [...APP, 'scripts/servers/'] },
  'test/': { may: [''] },
}

/** What runs inside workflows must be deterministic, and small: zod alone slows every workflow down. */
const IN_WORKFLOWS = /^(@temporalio\/(workflow|common)|date-fns\/\w+|@date-fns\/tz)$/
/** The rules know no I/O. */
const IN_CREDITS = /^(zod|node:crypto|date-fns\/\w+|@date-fns\/tz)$/

// Put together, so that this file does not break its own rule.
const ENV = 'process'.concat('.env')
const READS_ENVIRONMENT = /^(config|test\/support\/[\w/-]+)\.ts$/
/** Programs, which hand their environment to readConfig and do nothing else with it. */
const PROGRAM = /^(scripts\/[\w-]+|\w+\/main)\.ts$/

const ENVIRONMENT_RULE = 'only config.ts may read the environment; programs call readConfig with it'

/** Where time and chance are arguments; `new Date(x)` only converts. */
const CLOCK_OR_CHANCE: Record<string, RegExp> = {
  'credits/':
    /\bDate\.now\b|\bnew Date\b(?!\(\s*[^\s)])|\bMath\.random\b|\brandom(Bytes|UUID|Int|FillSync)\b/,
  // Temporal makes Date.now() the time of the history.
  'workflows/': /\bnew Date\b(?!\(\s*[^\s)])|\bMath\.random\b/,
}

/** Workflows share their modules, and what one of them left there another would find. */
const KEEPS = /^(?:export )?(?:let |var |const [^=\n]+= (?:new (?:Weak)?(?:Map|Set)\b|\[\]|\{\}))/m
const KEEPING = 'brings something that may change into the modules of workflows'

const LONGEST_FILE = 400
const WRITTEN_BY_PROGRAM = 'client/contract.ts'

type Import = { what: string; typeOnly: boolean }

const IMPORTS = [
  /^(?:import|export)\s+(?<type>type\s)?[\w\s{},*$]*?from\s*['"](?<what>[^'"]+)/gm,
  /^import\s*['"](?<what>[^'"]+)/gm,
  /(?<type>\btypeof\s+)?\bimport\(\s*['"](?<what>[^'"]+)/g,
]

function importsOf(text: string): Import[] {
  const found = IMPORTS.flatMap(pattern => [...text.matchAll(pattern)])
  return found.map(({ groups }) => ({ what: groups?.what ?? '', typeOnly: groups?.type !== undefined }))
}

/** Every breach of the law in these files, as `file: rule`. */
function breaches(files: ReadonlyMap<string, string>): string[] {
  return [...files].flatMap(([file, text]) =>
    [...breachesOfImports(file, text), ...breachesOfText(file, text), ...breachesInBundle(file, files)].map(
      rule => `${file}: ${rule}`,
    ),
  )
}

function* breachesOfImports(file: string, text: string): Generator<string> {
  const place = Object.keys(law).find(prefix => file.startsWith(prefix))
  const { may, types = [] } = law[place ?? ''] ?? { may: [] }
  if (!place) yield 'has no place in the law of imports; give it one'
  for (const { what, typeOnly } of importsOf(text)) {
    if (!what.startsWith('.')) {
      if (place === 'credits/' && !IN_CREDITS.test(what)) yield `credits/ may not import the package ${what}`
      continue
    }
    if (!/\.(tsx?|css)$/.test(what)) yield `the import of ${what} must end in .ts`
    const target = resolve(file, what)
    const own = place?.endsWith('/') && target.startsWith(place)
    if (own || may.some(prefix => target.startsWith(prefix))) continue
    if (!types.some(prefix => target.startsWith(prefix))) yield `${place} may not import ${target}`
    else if (!typeOnly) yield `${place} may import types only of ${target}`
  }
}

function* breachesOfText(file: string, text: string): Generator<string> {
  const mentioned = PROGRAM.test(file) ? text.replaceAll(`readConfig(${ENV})`, '') : text
  if (/\bprocess\s*\.\s*env\b/.test(mentioned) && !READS_ENVIRONMENT.test(file)) yield ENVIRONMENT_RULE
  for (const [place, forbidden] of Object.entries(CLOCK_OR_CHANCE)) {
    const [found] = (file.startsWith(place) && forbidden.exec(text)) || []
    if (found) yield `${place} may not ask the clock or chance: ${found}`
  }
  const lines = text.split('\n').length - 1
  if (lines > LONGEST_FILE && file !== WRITTEN_BY_PROGRAM)
    yield `has ${lines} lines, more than ${LONGEST_FILE}`
}

/** What workflows import, however indirectly, goes into their bundle. */
function* breachesInBundle(file: string, files: ReadonlyMap<string, string>): Generator<string> {
  if (!file.startsWith('workflows/')) return
  const bundled = new Set([file])
  for (const each of bundled) {
    const text = files.get(each) ?? ''
    if (KEEPS.test(text)) yield `${KEEPING}: ${each}`
    for (const { what, typeOnly } of importsOf(text)) {
      if (typeOnly) continue
      if (what.startsWith('.')) bundled.add(resolve(each, what))
      else if (!IN_WORKFLOWS.test(what)) yield `brings ${what} into the bundle of workflows, through ${each}`
    }
  }
}

function resolve(file: string, what: string): string {
  return path.posix.join(path.posix.dirname(file), what)
}

const root = path.resolve(__dirname, '../..')
const NOT_OURS = /^(\..*|node_modules|coverage|dist)$/

function* ourFiles(folder = ''): Generator<[file: string, text: string]> {
  for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
    const name = path.posix.join(folder, entry.name)
    if (NOT_OURS.test(entry.name)) continue
    if (entry.isDirectory()) yield* ourFiles(name)
    else if (/\.tsx?$/.test(name)) yield [name, readFileSync(path.join(root, name), 'utf8')]
  }
}

test('the house keeps its law', () => {
  const files = new Map(ourFiles())
  expect([...files.keys()]).toEqual(expect.arrayContaining(['config.ts', 'api/routes/index.ts']))
  expect(breaches(files)).toEqual([])
})

test.each<[file: string, line: string, rule: string | null]>([
  ['credits/a.ts', `import { b } from '../ledger/b.ts'`, 'credits/ may not import ledger/b.ts'],
  ['credits/a.ts', `import type { B } from '../ledger/b.ts'`, 'credits/ may not import ledger/b.ts'],
  ['credits/a.ts', `import type { B } from '../config.ts'`, 'credits/ may not import config.ts'],
  ['credits/a.ts', `import {\n  type B,\n  c,\n} from '../api/b.ts'`, 'credits/ may not import api/b.ts'],
  ['credits/a.ts', `export * from '../api/b.ts'`, 'credits/ may not import api/b.ts'],
  ['credits/a.ts', `export type { B } from '../api/b.ts'`, 'credits/ may not import api/b.ts'],
  ['credits/a.ts', `import '../api/b.ts'`, 'credits/ may not import api/b.ts'],
  ['credits/a.ts', `const b = await import('../api/b.ts')`, 'credits/ may not import api/b.ts'],
  ['credits/a.ts', `import { readFile } from 'node:fs'`, 'credits/ may not import the package node:fs'],
  ['credits/a.ts', `import { b } from './deep/b.ts'`, null],
  ['credits/a.ts', `import { z } from 'zod'`, null],
  ['ledger/a.ts', `import { b } from '../payments/b.ts'`, 'ledger/ may not import payments/b.ts'],
  ['ledger/a.ts', `import { b } from '../policy-files.ts'`, 'ledger/ may not import policy-files.ts'],
  ['ledger/a.ts', `import { b } from '../credits/b.ts'`, null],
  ['mail/a.ts', `import { b } from '../ledger/b.ts'`, 'mail/ may not import ledger/b.ts'],
  ['payments/a.ts', `import { b } from '../ledger/b.ts'`, 'payments/ may not import ledger/b.ts'],
  [
    'activities/a.ts',
    `import { b } from '../workflows/ids.ts'`,
    'activities/ may not import workflows/ids.ts',
  ],
  ['activities/a.ts', `import { b } from '../policy-files.ts'`, null],
  ['workflows/a.ts', `import { b } from '../ledger/b.ts'`, 'workflows/ may not import ledger/b.ts'],
  [
    'workflows/a.ts',
    `import { b } from '../activities/b.ts'`,
    'workflows/ may import types only of activities/b.ts',
  ],
  [
    'workflows/a.ts',
    `import { type B } from '../activities/b.ts'`,
    'workflows/ may import types only of activities/b.ts',
  ],
  ['workflows/a.ts', `import type { B } from '../activities/b.ts'`, null],
  ['workflows/a.ts', `type B = typeof import('../activities/b.ts')`, null],
  [
    'workflows/a.ts',
    `import { z } from 'zod'`,
    'brings zod into the bundle of workflows, through workflows/a.ts',
  ],
  [
    'workflows/a.ts',
    `import { b } from '../credits/with-zod.ts'`,
    'brings zod into the bundle of workflows, through credits/with-zod.ts',
  ],
  ['workflows/a.ts', `import type { B } from '../credits/with-zod.ts'`, null],
  ['workflows/a.ts', 'let b = 0', `${KEEPING}: workflows/a.ts`],
  ['workflows/a.ts', 'export const b: string[] = []', `${KEEPING}: workflows/a.ts`],
  ['workflows/a.ts', 'const b = new Set<string>()', `${KEEPING}: workflows/a.ts`],
  ['workflows/a.ts', `import { b } from '../credits/with-state.ts'`, `${KEEPING}: credits/with-state.ts`],
  ['workflows/a.ts', `import type { B } from '../credits/with-state.ts'`, null],
  ['workflows/a.ts', 'const b = { c: [1] }', null],
  ['api/routes/a.ts', `import { b } from '../../workflows/b.ts'`, 'api/ may not import workflows/b.ts'],
  ['api/routes/a.ts', `import { b } from '../../config.ts'`, 'api/ may import types only of config.ts'],
  ['api/routes/a.ts', `import type { B } from '../../config.ts'`, null],
  ['api/routes/a.ts', `import { b } from '../../workflows/messages.ts'`, null],
  ['api/start.ts', `import { b } from '../config.ts'`, null],
  ['api/start.ts', `import { b } from '../scripts/b.ts'`, 'api/start.ts may not import scripts/b.ts'],
  ['worker/a.ts', `import { b } from '../test/b.ts'`, 'worker/ may not import test/b.ts'],
  ['scripts/a.ts', `import { b } from '../test/b.ts'`, 'scripts/ may not import test/b.ts'],
  ['config.ts', `import { b } from './policy-files.ts'`, 'config.ts may not import policy-files.ts'],
  ['elsewhere/a.ts', '', 'has no place in the law of imports; give it one'],
  ['ledger/a.ts', `import { b } from './b'`, 'the import of ./b must end in .ts'],
  ['ledger/a.ts', `import { b } from './b.js'`, 'the import of ./b.js must end in .ts'],
  ['ledger/a.ts', `const b = ${ENV}.B`, ENVIRONMENT_RULE],
  ['ledger/a.ts', `const b = readConfig(${ENV})`, ENVIRONMENT_RULE],
  ['scripts/a.ts', `const b = ${ENV}.B`, ENVIRONMENT_RULE],
  ['scripts/a.ts', `const b = readConfig(${ENV})`, null],
  ['worker/main.ts', `const b = readConfig(${ENV})`, null],
  ['config.ts', `const b = ${ENV}.B`, null],
  ['test/support/a.ts', `const b = ${ENV}.B`, null],
  ['test/unit/a.ts', `const b = ${ENV}.B`, ENVIRONMENT_RULE],
  ['credits/a.ts', 'const b = Date.now()', 'credits/ may not ask the clock or chance: Date.now'],
  ['credits/a.ts', 'const b = new Date()', 'credits/ may not ask the clock or chance: new Date'],
  ['credits/a.ts', 'const b = new Date( )', 'credits/ may not ask the clock or chance: new Date'],
  ['credits/a.ts', 'const b = Math.random()', 'credits/ may not ask the clock or chance: Math.random'],
  ['credits/a.ts', 'const b = randomBytes(9)', 'credits/ may not ask the clock or chance: randomBytes'],
  ['credits/a.ts', `import { createHmac } from 'node:crypto'`, null],
  ['credits/a.ts', 'const b = new Date(c)', null],
  ['workflows/a.ts', 'const b = Date.now()', null],
  ['workflows/a.ts', 'const b = new Date()', 'workflows/ may not ask the clock or chance: new Date'],
  ['workflows/a.ts', 'const b = Math.random()', 'workflows/ may not ask the clock or chance: Math.random'],
  ['ledger/a.ts', 'const b = new Date()', null],
])('%s with %j: %s', (file, line, rule) => {
  const files = new Map([
    ['credits/with-zod.ts', `import { z } from 'zod'`],
    ['credits/with-state.ts', 'const b = new Map()'],
    [file, line],
  ])
  expect(breaches(files)).toEqual(rule ? [`${file}: ${rule}`] : [])
})

test('a file may have 400 lines and no more', () => {
  const long = '\n'.repeat(LONGEST_FILE)
  const files = new Map([
    ['ledger/a.ts', long],
    ['ledger/b.ts', `${long}\n`],
  ])
  expect(breaches(files)).toEqual(['ledger/b.ts: has 401 lines, more than 400'])
})
