import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Document, fieldsOf } from '../../api/docs/describe-fields.ts'
import { apiDocument } from '../../api/docs/document.ts'
import { tagOf } from '../../api/docs/tags.ts'
import { names } from '../../api/docs/texts/names.ts'
import { objects } from '../../api/docs/texts/objects.ts'
import { routes } from '../../api/routes/index.ts'
import { root } from '../support/root.ts'
import { environment } from '../support/run/servers.ts'

const all = routes.map(route => ({ ...route, name: `${route.method} ${route.path}` }))

/** A list answers a page: {data, next_cursor}. */
const isList = ({ responses }: (typeof all)[number]) => {
  const { shape } = (responses[200] ?? {}) as { shape?: object }
  return shape !== undefined && 'next_cursor' in shape
}

test('every operation has an operationId: a verb and what it acts on, such as reserveGeneration', () => {
  expect(all.filter(({ operationId }) => !/^[a-z]+([A-Z][a-z]*)+$/.test(operationId ?? '')).map(named)).toEqual([])
})

test('the operationIds of lists begin with list, those of other reads with get', () => {
  const reads = all.filter(({ method }) => method === 'get')
  const wrong = reads.filter(route => !route.operationId.startsWith(isList(route) ? 'list' : 'get'))
  expect(wrong.map(named)).toEqual([])
})

test('operationIds are unique', () => {
  const ids = all.map(({ operationId }) => operationId)
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
})

test('the resource of every operation is listed by a tag of api/docs/tags.ts', () => {
  expect(all.filter(({ path }) => tagOf(path) === undefined).map(({ name }) => name)).toEqual([])
})

function named({ name, operationId }: (typeof all)[number]): string {
  return `${name}: ${operationId}`
}

describe('the document', () => {
  const document = apiDocument() as Document
  const fields = fieldsOf(document).map(({ path, field }) => ({ name: path.join('.'), field }))

  test('describes every field and parameter; .describe() or api/docs/texts/ does', () => {
    expect(fields.filter(({ field }) => !field.description).map(({ name }) => name)).toEqual([])
  })

  test('says of every field that may be null when it is null', () => {
    const silent = fields.filter(({ field }) => isNullable(field) && !/\bnull\b/.test(field.description ?? ''))
    expect(silent.map(({ name, field }) => `${name}: ${field.description}`)).toEqual([])
  })

  test('says of no other field that it may be null', () => {
    const wrong = fields.filter(({ field }) => !isNullable(field) && /\bnull\b/.test(field.description ?? ''))
    expect(wrong.map(({ name, field }) => `${name}: ${field.description}`)).toEqual([])
  })

  test('every description of api/docs/texts/ is used', () => {
    const paths = fields.map(({ name }) => `.${name}`)
    const unused = Object.keys({ ...names, ...objects }).filter(key => !paths.some(path => path.endsWith(`.${key}`)))
    expect(unused).toEqual([])
  })

  test('has an answer of most operations; npm run answers records those that no longer fit', () => {
    const answered = all.filter(({ method, path, responses }) =>
      Object.keys(responses).some(
        status => document.paths?.[path]?.[method]?.responses[status]?.content?.['application/json']?.example,
      ),
    )
    expect(answered.length).toBeGreaterThan(all.length / 2)
  })

  test('the TypeScript of every operation compiles', () => {
    const operations = Object.values(document.paths ?? {}).flatMap(methods => Object.values(methods))
    const sources = operations.flatMap((operation: any) => operation['x-codeSamples'] ?? []).map(({ source }) => source)
    expect(sources.length).toBe(all.length)
    const folder = mkdtempSync(path.join(tmpdir(), 'lotkeeper-samples-'))
    symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'))
    const client = `import { connect } from '@lotkeeper/client'\nconst lotkeeper = connect({ url: '', key: '' })\n`
    writeFileSync(path.join(folder, 'samples.ts'), client + sources.map(source => `{\n${source}\n}`).join('\n'))
    const settings = { extends: path.join(root, 'tsconfig.json'), files: ['samples.ts'], include: [] }
    writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(settings))
    const tsc = path.join(root, 'node_modules/.bin/tsc')
    const { stdout } = spawnSync(tsc, ['-p', folder], { encoding: 'utf8', env: environment({}) })
    rmSync(folder, { recursive: true })
    expect(stdout).toBe('')
  })

  test("follows Redocly's recommended rules", () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'lotkeeper-openapi-')), 'openapi.json')
    writeFileSync(file, JSON.stringify(document))
    const redocly = path.join(root, 'node_modules/.bin/redocly')
    const env = environment({ REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' })
    const lint = ['lint', file, '--extends=recommended', '--format=json']
    const { stdout } = spawnSync(redocly, lint, { encoding: 'utf8', env })
    rmSync(path.dirname(file), { recursive: true })
    const { problems } = JSON.parse(stdout)
    expect(
      problems.map(({ ruleId, message, location }: any) => `${ruleId}: ${message} ${location[0]?.pointer}`),
    ).toEqual([])
  })
})

function isNullable({ type, anyOf }: Record<string, unknown>): boolean {
  return [type].flat().includes('null') || ((anyOf as { type?: unknown }[]) ?? []).some(({ type }) => type === 'null')
}
