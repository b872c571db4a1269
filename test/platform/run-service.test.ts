import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { root } from '../support/root.ts'
import { launch } from '../support/servers/program.ts'

const programWith = (settings: Record<string, string>) => `
  import { readConfig } from './platform/config.ts'
  import { runService } from './platform/run-service.ts'
  const start = async () => {
    console.log('started')
    return { stop: async () => console.log('stopped') }
  }
  setInterval(() => undefined, 1000)
  await runService(() => readConfig(${JSON.stringify(settings)}), start, { everyMs: 20, spreadMs: 20 })`

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lotkeeper-files-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** Runs a service whose key is read from a file. */
async function serviceWith(content: string) {
  const file = path.join(folder, 'key')
  await writeFile(file, content)
  const code = programWith({
    DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
    TEMPORAL_ADDRESS: '127.0.0.1:1',
    TEMPORAL_API_KEY_FILE: file,
  })
  const program = launch(root, ['--import', 'tsx', '--input-type=module', '--eval', code], {})
  await program.waitForOutput('started')
  return { file, program }
}

it('a service stops and exits with 1 when a file of its configuration changes', async () => {
  const { file, program } = await serviceWith('old-key')
  await rm(file)
  await writeFile(`${file}.new`, 'new-key')
  await rename(`${file}.new`, file)
  expect(await program.ended).toBe(1)
  expect(program.output()).toBe(`started\n${file} has changed. Stopping, so that a restart reads it.\nstopped\n`)
})

it('a file that is written again without a change does not stop it; a signal does', async () => {
  const { file, program } = await serviceWith('key')
  await writeFile(`${file}.new`, 'key')
  await rename(`${file}.new`, file)
  program.kill('SIGTERM')
  expect(await program.ended).toBe(0)
  expect(program.output()).toBe('started\nstopped\n')
})
