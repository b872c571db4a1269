import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Document } from './document.ts'
import { pythonDocument } from './python-document.ts'

/** What the generator writes, in clients/python/lotkeeper. */
const GENERATED = ['api', 'models', 'types.py']
const STYLE = ['--isolated', '--quiet', '--target-version=py311', '--line-length=120']

export type PythonSums = { document: string; generator: string; code: string }

/** Writes the generated part of clients/python. @throws without Python 3.11 or later */
export function writePythonClient(document: Document, root: string): void {
  const client = path.join(root, 'clients/python')
  const generator = path.join(client, 'generator')
  const folder = path.join(root, '.lotkeeper/python-generator')
  const python = installGenerator(path.join(generator, 'requirements.txt'), folder)
  const [source, output] = [path.join(folder, 'openapi.json'), path.join(folder, 'generated')]
  writeFileSync(source, JSON.stringify(pythonDocument(document)))
  rmSync(output, { recursive: true, force: true })
  run(
    [python, '-m', 'openapi_python_client', 'generate', '--meta=none', '--fail-on-warning'],
    [`--path=${source}`, `--output-path=${output}`, `--config=${path.join(generator, 'config.yaml')}`],
    [`--custom-template-path=${path.join(generator, 'templates')}`],
  )
  run([python, '-m', 'ruff', 'check', '--fix-only', '--select=I,F401,F541', ...STYLE, output])
  run([python, '-m', 'ruff', 'format', ...STYLE, output])
  for (const name of GENERATED) {
    const target = path.join(client, 'lotkeeper', name)
    rmSync(target, { recursive: true, force: true })
    cpSync(path.join(output, name), target, { recursive: true })
  }
  writeFileSync(path.join(generator, 'sums.json'), `${JSON.stringify(sumsOf(document, root), null, 2)}\n`)
}

/** Digests of the document, the generator's settings and the generated code. A test compares them, which needs no Python. */
export function sumsOf(document: Document, root: string): PythonSums {
  const client = path.join(root, 'clients/python')
  const settings = ['config.yaml', 'requirements.txt', ...filesIn(path.join(client, 'generator'), 'templates')]
  const code = GENERATED.flatMap(name =>
    name.endsWith('.py') ? [name] : filesIn(path.join(client, 'lotkeeper'), name),
  )
  return {
    document: digest(JSON.stringify(pythonDocument(document))),
    generator: digestOf(path.join(client, 'generator'), settings),
    code: digestOf(path.join(client, 'lotkeeper'), code),
  }
}

function filesIn(base: string, folder: string): string[] {
  const names = readdirSync(path.join(base, folder), { recursive: true, encoding: 'utf8' })
  return names
    .filter(name => /\.(py|jinja)$/.test(name))
    .map(name => path.posix.join(folder, name))
    .sort()
}

function digestOf(base: string, files: string[]): string {
  return digest(files.map(file => `${file}\n${readFileSync(path.join(base, file), 'utf8')}`).join('\0'))
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** Installs the generator once for each version. @returns the Python that has it */
function installGenerator(requirements: string, folder: string): string {
  const tools = path.join(folder, digest(readFileSync(requirements, 'utf8')).slice(0, 12))
  const python = path.join(tools, 'bin/python')
  if (existsSync(path.join(tools, 'bin/openapi-python-client'))) return python
  mkdirSync(folder, { recursive: true })
  run(['python3', '-m', 'venv', '--clear', tools])
  run([python, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements])
  return python
}

function run(...parts: string[][]): void {
  const [program = '', ...args] = parts.flat()
  execFileSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'] })
}
