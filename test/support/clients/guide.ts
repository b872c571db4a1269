import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { root } from '../root.ts'
import { environment } from '../run/servers.ts'
import type { Lotkeeper } from '../servers/connect-lotkeeper.ts'
import { blocksOf, readDocument } from './recipe.ts'

/** Printed after each block of a shell script. */
const END = '--- end of block'

/** A folder in which a reader could follow the guides: with keys.json and the client installed. */
export async function openGuideFolder({ keys }: Lotkeeper): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'lotkeeper-guides-'))
  await mkdir(path.join(folder, '.lotkeeper'))
  await writeFile(path.join(folder, '.lotkeeper/keys.json'), JSON.stringify(keys))
  await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'))
  await writeFile(path.join(folder, 'tsconfig.json'), JSON.stringify({ extends: path.join(root, 'tsconfig.json') }))
  return { folder, remove: () => rm(folder, { recursive: true }) }
}

/**
 * Runs the sh blocks of a guide in one shell, after the first block of first-reservation.
 * @returns for each JSON block below one of them: the answer of its last call, and the answer shown
 */
export async function runShell(guide: string, { url }: Lotkeeper, cwd: string) {
  const text = readDocument(`guides/${guide}`)
  const [setUp = ''] = blocksOf(readDocument('guides/first-reservation'), 'sh')
  const blocks = [...text.matchAll(/```sh\n(.*?)```(?:\n\n```json\n(.*?)```)?/gs)]
  const steps = blocks.map(([, code = '']) => code).filter(code => code !== setUp)
  const script = ['curl() { command curl "$@"; echo; }', setUp, ...steps].join(`\necho '${END}'\n`)
  const { stdout } = await run('bash', ['-eo', 'pipefail', '-c', at(url, script)], cwd)
  const outputs = stdout.split(`${END}\n`).slice(-blocks.length)
  return blocks.flatMap(([, , expected], index) =>
    expected ? [{ answer: lastAnswer(outputs[index]), shown: patterned(JSON.parse(expected)) }] : [],
  )
}

/**
 * Runs the ts blocks of guides as one program.
 * @returns for each guide what it prints, and what its comments say that it prints
 */
export async function runTypeScript(names: string[], { url, keys }: Lotkeeper, cwd: string) {
  const texts = names.map(name => blocksOf(readDocument(`guides/${name}`), 'ts').join('\n'))
  const imports = texts.flatMap(text => text.match(/^import .*$/gm) ?? [])
  const connect = /^const lotkeeper = .*$/m.exec(texts.join('\n'))?.[0] ?? ''
  const bodies = texts.map(text => `{\n${connect}\n${text.replaceAll(/^(import|const lotkeeper =) .*$/gm, '')}\n}`)
  const file = path.join(cwd, 'guides.mts')
  await writeFile(file, at(url, [...imports, bodies.join(`\nconsole.log('${END}')\n`)].join('\n')))
  const { stdout } = await run('node', ['--import', 'tsx', file], cwd, { LOTKEEPER_KEY: keys.kvidai?.admin ?? '' })
  return stdout.split(`${END}\n`).map((output, index) => ({
    guide: names[index],
    printed: output.split('\n').filter(Boolean),
    shown: [...(texts[index] ?? '').matchAll(/console\.log\(.*\) \/\/ (.*)$/gm)].map(([, printed]) => printed),
  }))
}

function at(url: string, code: string): string {
  return code.replaceAll('http://127.0.0.1:3000', url)
}

function run(command: string, args: string[], cwd: string, variables: Record<string, string> = {}) {
  return promisify(execFile)(command, args, { cwd, env: environment(variables) })
}

function lastAnswer(output = ''): object {
  const line = output.trim().split('\n').at(-1) ?? ''
  return line.startsWith('{') ? JSON.parse(line) : { printed: output }
}

/** An answer as shown, in which … stands for any text. */
function patterned(shown: unknown): unknown {
  if (Array.isArray(shown)) return shown.map(patterned)
  if (typeof shown === 'string' && shown.includes('…'))
    return expect.stringMatching(new RegExp(`^${shown.split('…').join('.*')}$`))
  if (typeof shown !== 'object' || shown === null) return shown
  return Object.fromEntries(Object.entries(shown).map(([key, value]) => [key, patterned(value)]))
}
