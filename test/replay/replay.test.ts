import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Worker } from '@temporalio/worker'
import { pino } from 'pino'
import { observeTemporal } from '../../worker/bootstrap/logging.ts'
import * as workflows from '../../workflows/index.ts'
import { workflowBundle } from '../support/run/servers.ts'

const folder = path.join(__dirname, 'histories')
const histories = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.json'))

beforeAll(() => observeTemporal(pino({ level: 'silent' })))

type History = {
  events: {
    workflowExecutionStartedEventAttributes?: { workflowId: string; workflowType: { name: string } }
  }[]
}

function read(file: string): History {
  return JSON.parse(readFileSync(path.join(folder, file), 'utf8'))
}

function workflowIdOf({ events }: History): string {
  return events[0]?.workflowExecutionStartedEventAttributes?.workflowId ?? ''
}

function replay(history: History, code: string): Promise<void> {
  return Worker.runReplayHistory({ workflowBundle: { code } }, history, workflowIdOf(history))
}

it.each(Object.keys(workflows))('there is a history of %s to replay', type => {
  const types = histories.map(file => read(file).events[0]?.workflowExecutionStartedEventAttributes?.workflowType.name)
  expect(types).toContain(type)
})

it.each(histories)('%s can be replayed by this version', async file => {
  await replay(read(file), await workflowBundle())
})

/** The histories that a worker cannot replay, one after the other in the context that its workflows share. */
async function failuresOf(files: string[], code: string): Promise<string[]> {
  const all = files.map(file => {
    const history = read(file)
    return { workflowId: workflowIdOf(history), history }
  })
  const failures: string[] = []
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle: { code } }, all))
    if (error) failures.push(`${workflowId}: ${error.message}`)
  return failures
}

it('a second workflow of each type does the same as the first: modules keep no state', async () => {
  expect(await failuresOf([...histories, ...histories], await workflowBundle())).toEqual([])
})

it('a module that keeps state is caught', async () => {
  const code = await workflowBundle()
  const reserve = 'await workflow.reserve();'
  const state = 'const seen = { count: 0 };\nasync function generation('
  const changed = code
    .replace('async function generation(', state)
    .replace(reserve, `if (seen.count++ === 0) ${reserve}`)
  const [file = ''] = histories.filter(name => name.endsWith('generation-completed.json'))
  expect(await failuresOf([file], changed)).toEqual([])
  expect(await failuresOf([file, file], changed)).toHaveLength(1)
})

it('replaying another workflow fails', async () => {
  const [file = ''] = histories.filter(name => name.endsWith('generation-completed.json'))
  const history = JSON.parse(readFileSync(path.join(folder, file), 'utf8'))
  const marker = history.events.find(
    (event: { markerRecordedEventAttributes?: unknown }) => event.markerRecordedEventAttributes,
  )
  history.events.splice(history.events.indexOf(marker), 1)
  for (const [index, event] of history.events.entries()) event.eventId = String(index + 1)
  await expect(replay(history, await workflowBundle())).rejects.toThrow()
})

// An easy mistake: the same workflow with one more step. Its own tests would pass.
it('replaying an incompatible change fails', async () => {
  const code = await workflowBundle()
  const changed = code.replace('await workflow.reserve();', 'await workflow.reserve(); await workflow.reserve();')
  const [file = ''] = histories.filter(name => name.endsWith('generation-completed.json'))
  expect(changed).not.toBe(code)
  await expect(replay(read(file), changed)).rejects.toThrow(/[Nn]ondeterminis/)
})
