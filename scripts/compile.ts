// npm run compile -- FOLDER: the project as JavaScript, which Node runs as it is. The image holds it, and the bench measures it.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { transformSync } from '@swc/core'

const root = path.resolve(import.meta.dirname, '..')
/** What no service needs to run; of web/ it is only what was built. */
const leftOut = new Set(['client', 'docs', 'examples', 'node_modules', 'secrets', 'test', 'web'])
/** The end of every text that names a source file, to be imported, bundled, or run in a process of its own. */
const sourceEnding = /(?<=['"`][\w./${}-]+)\.ts(?=['"`])/g

const [folder] = process.argv.slice(2)
if (!folder) throw new Error('npm run compile -- FOLDER: the folder is missing')
const out = path.resolve(folder)
rmSync(out, { recursive: true, force: true })
for (const name of readdirSync(root))
  if (!(name.startsWith('.') || leftOut.has(name) || path.join(root, name) === out)) compile(name)
if (existsSync(path.join(root, 'web/dist'))) compile('web/dist')

function compile(name: string): void {
  const [from, to] = [path.join(root, name), path.join(out, name)]
  if (statSync(from).isDirectory()) {
    for (const inner of readdirSync(from)) compile(path.join(name, inner))
    return
  }
  mkdirSync(path.dirname(to), { recursive: true })
  if (name.endsWith('.ts')) writeFileSync(to.replace(/ts$/, 'js'), asJavaScript(from))
  else copyFileSync(from, to)
}

function asJavaScript(filename: string): string {
  const { code } = transformSync(readFileSync(filename, 'utf8'), {
    filename,
    module: { type: 'es6' },
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript' },
      transform: { verbatimModuleSyntax: true },
    },
  })
  return code.replaceAll(sourceEnding, '.js')
}
