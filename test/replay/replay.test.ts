import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Worker } from '@temporalio/worker'
import { pino } from 'pino'
import { observeTemporal } from '../../worker/logging.ts'
import { workflowBundle } from '../support/servers.ts'

const folder = path.join(__dirname, 'histories')
const histories = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file =>
  file.endsWith('.json'),
)

beforeAll(() => observeTemporal(pino({ level: 'silent' })))

type History = { events: { workflowExecutionStartedEventAttributes?: { workflowId: string } }[] }

function replay(history: History, code: string): Promise<void> {
  const workflowId = history.events[0]?.workflowExecutionStartedEventAttributes?.workflowId
  return Worker.runReplayHistory({ workflowBundle: { code } }, history, workflowId)
}

it('there are histories to replay', () => {
  expect(histories.length).toBeGreaterThan(0)
})

it.each(histories)('%s can be replayed by this version', async file => {
  await replay(JSON.parse(readFileSync(path.join(folder, file), 'utf8')), await workflowBundle())
})

it('a workflow that does something else is caught', async () => {
  const [file = ''] = histories.filter(name => name.endsWith('generation-completed.json'))
  const history = JSON.parse(readFileSync(path.join(folder, file), 'utf8'))
  const marker = history.events.find(
    (event: { markerRecordedEventAttributes?: unknown }) => event.markerRecordedEventAttributes,
  )
  history.events.splice(history.events.indexOf(marker), 1)
  for (const [index, event] of history.events.entries()) event.eventId = String(index + 1)
  await expect(replay(history, await workflowBundle())).rejects.toThrow()
})
