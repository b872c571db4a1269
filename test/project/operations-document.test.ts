import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { attentionTitles } from '../../domain/shared/attention.ts'
import { views } from '../../scripts/ops/views.ts'
import { root } from '../support/root.ts'

const read = (file: string) => readFileSync(path.join(root, file), 'utf8')

const sources = ['domain', 'activities', 'workflows'].flatMap(folder =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts'))
    .map(file => path.join(folder, file)),
)

it('docs/operations.md has one section for each attention reason', () => {
  const [, chapters = ''] = /## Attention\n(.*?)\n## /s.exec(read('docs/operations.md')) ?? []
  const headings = [...chapters.matchAll(/^### (.*)$/gm)].map(([, title]) => title)
  expect(headings).toEqual(Object.values(attentionTitles))
})

it('each reason is used, and every place that raises NeedsAttention gives one', () => {
  const given = sources.flatMap(file =>
    [...read(file).matchAll(/\battention\(\s*'(\w+)'/g)].map(([, reason]) => reason),
  )
  expect([...new Set(given)].sort()).toEqual(Object.keys(attentionTitles).sort())
  const raising = sources.filter(
    file => file.startsWith('workflows') && /searchAttributes\.needsAttention, value: true/.test(read(file)),
  )
  for (const file of raising) expect(read(file)).toMatch(/\*\*Needs attention\.\*\*/)
})

it('the views of docs/operations.md are those that npm run ops -- views prints', () => {
  const document = readFileSync(path.join(root, 'docs/operations.md'), 'utf8')
  const [, table = ''] = /\| view \| query \|\n\|---\|---\|\n((?:\|.*\n)+)/.exec(document) ?? []
  const rows = [...table.matchAll(/^\| (.+?) \| `(.+?)` \|$/gm)].map(([, name, query]) => [name, query])
  expect(rows.length).toBeGreaterThan(10)
  expect(views).toEqual(rows)
})
