import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

// The law of DESIGN, "Who may import whom". Names of folders end in a slash.
const RULES = 'domain/'
const BOOK = ['db/', 'payments/']
const MAIL = 'email/'
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
  'platform/policy-store.ts',
  'platform/config.ts',
  'platform/temporal-client.ts',
  'platform/run-service.ts',
  'platform/run-command.ts',
]

/** The first name that fits a file counts. All may import from their own folder. */
const law: Record<string, { may: string[]; types?: string[] }> = {
  'domain/': { may: [] },
  'db/': { may: [RULES] },
  'payments/': { may: [RULES] },
  'email/': { may: [RULES] },
  'webhooks/': { may: [] },
  'platform/policy-store.ts': { may: [RULES] },
  'activities/': { may: [RULES, ...BOOK, MAIL, WEBHOOKS, 'platform/policy-store.ts'] },
  'workflows/': { may: [RULES], types: ['activities/'] },
  'api/start.ts': { may: APP },
  'api/main.ts': { may: APP },
  'api/': {
    may: [
      RULES,
      ...BOOK,
      MAIL,
      WEBHOOKS,
      'platform/policy-store.ts',
      'workflows/contract/ids.ts',
      'workflows/contract/messages.ts',
      'workflows/contract/starts.ts',
    ],
    types: ['platform/config.ts', 'platform/temporal-client.ts'],
  },
  'worker/': { may: APP },
  'migrations/': { may: ['db/', 'platform/config.ts', 'platform/run-command.ts'] },
  'web/': { may: [], types: ['client/'] },
  'client/': { may: [] },
  'examples/': { may: ['client/'] },
  'platform/config.ts': { may: [] },
  'platform/run-service.ts': { may: ['platform/config.ts'] },
  'platform/temporal-client.ts': { may: ['platform/config.ts'] },
  'platform/run-command.ts': { may: [] },
  'scripts/': { may: [...APP, 'web/build.ts'] },
  'bench/': { may: [...APP, 'scripts/servers/'] },
  'test/': { may: [''] },
}

/** What runs inside workflows must be deterministic, and small: zod alone slows every workflow down. */
const IN_WORKFLOWS = /^(@temporalio\/(workflow|common)|date-fns\/\w+|@date-fns\/tz)$/
/** The rules know no I/O. */
const IN_DOMAIN = /^(zod|node:crypto|date-fns\/\w+|@date-fns\/tz)$/

// Put together, so that this file does not break its own rule.
const ENV = 'process'.concat('.env')
const READS_ENVIRONMENT = /^(platform\/config|test\/support\/[\w/-]+)\.ts$/
/** Programs, which hand their environment to readConfig and do nothing else with it. */
const PROGRAM = /^(scripts\/[\w-]+|\w+\/main)\.ts$/

const ENVIRONMENT_RULE = 'only platform/config.ts may read the environment; programs call readConfig with it'

/** Where time and chance are arguments; `new Date(x)` only converts. */
const CLOCK_OR_CHANCE: Record<string, RegExp> = {
  'domain/': /\bDate\.now\b|\bnew Date\b(?!\(\s*[^\s)])|\bMath\.random\b|\brandom(Bytes|UUID|Int|FillSync)\b/,
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
      if (place === 'domain/' && !IN_DOMAIN.test(what)) yield `domain/ may not import the package ${what}`
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
  expect([...files.keys()]).toEqual(expect.arrayContaining(['platform/config.ts', 'api/routes/index.ts']))
  expect(breaches(files)).toEqual([])
})

test.each<[file: string, line: string, rule: string | null]>([
  ['domain/a.ts', `import { b } from '../db/b.ts'`, 'domain/ may not import db/b.ts'],
  ['domain/a.ts', `import type { B } from '../db/b.ts'`, 'domain/ may not import db/b.ts'],
  [
    'domain/a.ts',
    `import type { B } from '../platform/config.ts'`,
    'domain/ may not import platform/config.ts',
  ],
  ['domain/a.ts', `import {\n  type B,\n  c,\n} from '../api/b.ts'`, 'domain/ may not import api/b.ts'],
  ['domain/a.ts', `export * from '../api/b.ts'`, 'domain/ may not import api/b.ts'],
  ['domain/a.ts', `export type { B } from '../api/b.ts'`, 'domain/ may not import api/b.ts'],
  ['domain/a.ts', `import '../api/b.ts'`, 'domain/ may not import api/b.ts'],
  ['domain/a.ts', `const b = await import('../api/b.ts')`, 'domain/ may not import api/b.ts'],
  ['domain/a.ts', `import { readFile } from 'node:fs'`, 'domain/ may not import the package node:fs'],
  ['domain/a.ts', `import { b } from './deep/b.ts'`, null],
  ['domain/a.ts', `import { z } from 'zod'`, null],
  ['db/a.ts', `import { b } from '../payments/b.ts'`, 'db/ may not import payments/b.ts'],
  [
    'db/a.ts',
    `import { b } from '../platform/policy-store.ts'`,
    'db/ may not import platform/policy-store.ts',
  ],
  ['db/a.ts', `import { b } from '../domain/b.ts'`, null],
  ['email/a.ts', `import { b } from '../db/b.ts'`, 'email/ may not import db/b.ts'],
  ['payments/a.ts', `import { b } from '../db/b.ts'`, 'payments/ may not import db/b.ts'],
  [
    'activities/a.ts',
    `import { b } from '../workflows/contract/ids.ts'`,
    'activities/ may not import workflows/contract/ids.ts',
  ],
  ['activities/a.ts', `import { b } from '../platform/policy-store.ts'`, null],
  ['workflows/a.ts', `import { b } from '../db/b.ts'`, 'workflows/ may not import db/b.ts'],
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
    `import { b } from '../domain/with-zod.ts'`,
    'brings zod into the bundle of workflows, through domain/with-zod.ts',
  ],
  ['workflows/a.ts', `import type { B } from '../domain/with-zod.ts'`, null],
  ['workflows/a.ts', 'let b = 0', `${KEEPING}: workflows/a.ts`],
  ['workflows/a.ts', 'export const b: string[] = []', `${KEEPING}: workflows/a.ts`],
  ['workflows/a.ts', 'const b = new Set<string>()', `${KEEPING}: workflows/a.ts`],
  ['workflows/a.ts', `import { b } from '../domain/with-state.ts'`, `${KEEPING}: domain/with-state.ts`],
  ['workflows/a.ts', `import type { B } from '../domain/with-state.ts'`, null],
  ['workflows/a.ts', 'const b = { c: [1] }', null],
  ['api/routes/a.ts', `import { b } from '../../workflows/b.ts'`, 'api/ may not import workflows/b.ts'],
  [
    'api/routes/a.ts',
    `import { b } from '../../platform/config.ts'`,
    'api/ may import types only of platform/config.ts',
  ],
  ['api/routes/a.ts', `import type { B } from '../../platform/config.ts'`, null],
  ['api/routes/a.ts', `import { b } from '../../workflows/contract/messages.ts'`, null],
  ['api/start.ts', `import { b } from '../platform/config.ts'`, null],
  ['api/start.ts', `import { b } from '../scripts/b.ts'`, 'api/start.ts may not import scripts/b.ts'],
  ['worker/a.ts', `import { b } from '../test/b.ts'`, 'worker/ may not import test/b.ts'],
  ['scripts/a.ts', `import { b } from '../test/b.ts'`, 'scripts/ may not import test/b.ts'],
  [
    'platform/config.ts',
    `import { b } from '../domain/b.ts'`,
    'platform/config.ts may not import domain/b.ts',
  ],
  ['elsewhere/a.ts', '', 'has no place in the law of imports; give it one'],
  ['db/a.ts', `import { b } from './b'`, 'the import of ./b must end in .ts'],
  ['db/a.ts', `import { b } from './b.js'`, 'the import of ./b.js must end in .ts'],
  ['db/a.ts', `const b = ${ENV}.B`, ENVIRONMENT_RULE],
  ['db/a.ts', `const b = readConfig(${ENV})`, ENVIRONMENT_RULE],
  ['scripts/a.ts', `const b = ${ENV}.B`, ENVIRONMENT_RULE],
  ['scripts/a.ts', `const b = readConfig(${ENV})`, null],
  ['worker/main.ts', `const b = readConfig(${ENV})`, null],
  ['platform/config.ts', `const b = ${ENV}.B`, null],
  ['test/support/a.ts', `const b = ${ENV}.B`, null],
  ['test/unit/a.ts', `const b = ${ENV}.B`, ENVIRONMENT_RULE],
  ['domain/a.ts', 'const b = Date.now()', 'domain/ may not ask the clock or chance: Date.now'],
  ['domain/a.ts', 'const b = new Date()', 'domain/ may not ask the clock or chance: new Date'],
  ['domain/a.ts', 'const b = new Date( )', 'domain/ may not ask the clock or chance: new Date'],
  ['domain/a.ts', 'const b = Math.random()', 'domain/ may not ask the clock or chance: Math.random'],
  ['domain/a.ts', 'const b = randomBytes(9)', 'domain/ may not ask the clock or chance: randomBytes'],
  ['domain/a.ts', `import { createHmac } from 'node:crypto'`, null],
  ['domain/a.ts', 'const b = new Date(c)', null],
  ['workflows/a.ts', 'const b = Date.now()', null],
  ['workflows/a.ts', 'const b = new Date()', 'workflows/ may not ask the clock or chance: new Date'],
  ['workflows/a.ts', 'const b = Math.random()', 'workflows/ may not ask the clock or chance: Math.random'],
  ['db/a.ts', 'const b = new Date()', null],
])('%s with %j: %s', (file, line, rule) => {
  const files = new Map([
    ['domain/with-zod.ts', `import { z } from 'zod'`],
    ['domain/with-state.ts', 'const b = new Map()'],
    [file, line],
  ])
  expect(breaches(files)).toEqual(rule ? [`${file}: ${rule}`] : [])
})

test('a file may have 400 lines and no more', () => {
  const long = '\n'.repeat(LONGEST_FILE)
  const files = new Map([
    ['db/a.ts', long],
    ['db/b.ts', `${long}\n`],
  ])
  expect(breaches(files)).toEqual(['db/b.ts: has 401 lines, more than 400'])
})
