import { violations } from '../support/project/import-rules.ts'
import { FULLEST_FOLDER, LONGEST_FILE, sizeViolations } from '../support/project/size-rules.ts'
import { readSources } from '../support/project/sources.ts'

const files = readSources()

test('the project keeps the rules', () => {
  expect([...files.keys()]).toEqual(
    expect.arrayContaining(['platform/config.ts', 'api/routes/index.ts', 'web/portal/badge.tsx']),
  )
  expect(violations(files)).toEqual([])
})

test('no file is too long and no folder too full', () => {
  expect(sizeViolations(files)).toEqual([])
})

test('sizes are limits', () => {
  const long = '\n'.repeat(LONGEST_FILE)
  const folder = (name: string, count: number) =>
    Array.from({ length: count }, (_, n) => [`${name}/${n}.ts`, long] as const)
  const sizes = new Map<string, string>([...folder('a', FULLEST_FOLDER), ...folder('b', FULLEST_FOLDER + 1)])
  sizes.set('c/long.ts', `${long}\n`)
  expect(sizeViolations(sizes)).toEqual(['c/long.ts has 301 lines', 'b/ has 16 files'])
})

// Put together, so that this file does not break its own rule.
const ENV = 'process'.concat('.env')

test.each<[file: string, line: string, rule: string | null]>([
  ['domain/a.ts', `import { b } from '../db/b.ts'`, 'domain/ may not import db/b.ts'],
  ['domain/a.ts', `import type { B } from '../db/b.ts'`, 'domain/ may not import db/b.ts'],
  ['domain/a.ts', `import {\n  type B,\n  c,\n} from '../api/b.ts'`, 'domain/ may not import api/b.ts'],
  ['domain/a.ts', `export * from '../api/b.ts'`, 'domain/ may not import api/b.ts'],
  ['domain/a.ts', `export type { B } from '../api/b.ts'`, 'domain/ may not import api/b.ts'],
  ['domain/a.ts', `import '../api/b.ts'`, 'domain/ may not import api/b.ts'],
  ['domain/a.ts', `const b = await import('../api/b.ts')`, 'domain/ may not import api/b.ts'],
  ['domain/a.ts', `import { readFile } from 'node:fs'`, 'domain/ may not import the package node:fs'],
  ['domain/a.ts', `import { b } from './deep/b.ts'`, null],
  ['domain/a.ts', `import { z } from 'zod'`, null],
  ['db/a.ts', `import { b } from '../payments/b.ts'`, 'db/ may not import payments/b.ts'],
  ['db/a.ts', `import { b } from '../platform/policy-store.ts'`, 'db/ may not import platform/policy-store.ts'],
  ['db/a.ts', `import { b } from '../domain/b.ts'`, null],
  ['email/a.ts', `import { b } from '../db/b.ts'`, 'email/ may not import db/b.ts'],
  ['payments/a.ts', `import { b } from '../db/b.ts'`, 'payments/ may not import db/b.ts'],
  ['activities/a.ts', `import { b } from '../workflows/b.ts'`, 'activities/ may not import workflows/b.ts'],
  ['activities/a.ts', `import { b } from '../platform/policy-store.ts'`, null],
  ['workflows/a.ts', `import { b } from '../db/b.ts'`, 'workflows/ may not import db/b.ts'],
  ['workflows/a.ts', `import { b } from '../activities/b.ts'`, 'workflows/ may import types only of activities/b.ts'],
  ['workflows/a.ts', `import type { B } from '../activities/b.ts'`, null],
  ['workflows/a.ts', `type B = typeof import('../activities/b.ts')`, null],
  ['workflows/a.ts', `import { z } from 'zod'`, 'bundles the package zod, through workflows/a.ts'],
  ['workflows/a.ts', `import { b } from '../domain/zod.ts'`, 'bundles the package zod, through domain/zod.ts'],
  ['workflows/a.ts', `import type { B } from '../domain/zod.ts'`, null],
  ['workflows/a.ts', 'let b = 0', 'bundles module state: workflows/a.ts'],
  ['workflows/a.ts', 'export const b: string[] = []', 'bundles module state: workflows/a.ts'],
  ['workflows/a.ts', `import { b } from '../domain/state.ts'`, 'bundles module state: domain/state.ts'],
  ['workflows/a.ts', 'const b = Object.create(null)', 'bundles module state: workflows/a.ts'],
  ['workflows/a.ts', 'class B {\n  static c = 0\n}', 'bundles module state: workflows/a.ts'],
  ['workflows/a.ts', 'class B {\n  static readonly c = 0\n}', null],
  ['workflows/a.ts', 'class B {\n  static async c() {}\n}', null],
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
  ['api/start.ts', `import { b } from '../worker/b.ts'`, 'api/start.ts may not import worker/b.ts'],
  ['api/start.ts', `import { b } from '../scripts/b.ts'`, 'api/start.ts may not import scripts/b.ts'],
  ['worker/a.ts', `import { b } from '../test/b.ts'`, 'worker/ may not import test/b.ts'],
  ['scripts/a.ts', `import { b } from '../test/b.ts'`, 'scripts/ may not import test/b.ts'],
  ['platform/config.ts', `import { b } from '../db/b.ts'`, 'platform/ may not import db/b.ts'],
  ['elsewhere/a.ts', '', 'has no import rule; add one'],
  ['db/a.ts', `import { b } from './b'`, 'the import of ./b must end in .ts'],
  ['db/a.ts', `import { b } from './b.js'`, 'the import of ./b.js must end in .ts'],
  ['db/a.ts', `const b = readConfig(${ENV})`, 'reads the environment'],
  ['scripts/a.ts', `const b = ${ENV}.B`, 'reads the environment'],
  ['scripts/a.ts', `const b = readConfig(${ENV})`, null],
  ['worker/main.ts', `const b = readConfig(${ENV})`, null],
  ['platform/config.ts', `const b = ${ENV}.B`, null],
  ['test/support/a.ts', `const b = ${ENV}.B`, null],
  ['test/unit/a.ts', `const b = ${ENV}.B`, 'reads the environment'],
  ['domain/a.ts', 'const b = Date.now()', 'uses the clock or chance: Date.now'],
  ['domain/a.ts', 'const b = new Date( )', 'uses the clock or chance: new Date'],
  ['domain/a.ts', 'const b = Math.random()', 'uses the clock or chance: Math.random'],
  ['domain/a.ts', 'const b = randomBytes(9)', 'uses the clock or chance: randomBytes'],
  ['domain/a.ts', 'const b = new Date(c)', null],
  ['workflows/a.ts', 'const b = Date.now()', null],
  ['workflows/a.ts', 'const b = new Date()', 'uses the clock or chance: new Date'],
  ['db/a.ts', 'const b = new Date()', null],
])('%s with %j: %s', (file, line, rule) => {
  const example = new Map([
    ['domain/zod.ts', `import { z } from 'zod'`],
    ['domain/state.ts', 'const b = new Map()'],
    [file, line],
  ])
  expect(violations(example)).toEqual(rule ? [`${file}: ${rule}`] : [])
})

test.each([
  ['values', `import { b } from './b.ts'`],
  ['types', `import type { B } from './b.ts'`],
])('an import cycle of %s is found', (_what, line) => {
  const circle = new Map([
    ['db/a.ts', line],
    ['db/b.ts', `export * from './a.ts'`],
  ])
  expect(violations(circle)).toEqual(['import cycle: db/a.ts → db/b.ts → db/a.ts'])
})
