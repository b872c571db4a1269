import { randomUUID } from 'node:crypto'
import { type Client, isGrpcServiceError } from '@temporalio/client'
import { generationWorkflowId, membershipWorkflowId } from '../../workflows/contract/ids.ts'
import type { Lotkeeper } from '../support/servers/connect-lotkeeper.ts'
import {
  type LotkeeperWithoutWorkers,
  startLotkeeperWithoutWorkers,
} from '../support/servers/lotkeeper-without-workers.ts'
import { waitFor } from '../support/wait-for.ts'

const OLD = `old-${randomUUID()}`
const NEW = `new-${randomUUID()}`

/** gRPC's NOT_FOUND and FAILED_PRECONDITION. */
const BUILD_UNKNOWN = [5, 9]

let lotkeeper: Lotkeeper
let client: Client
let run: LotkeeperWithoutWorkers

beforeAll(async () => {
  run = await startLotkeeperWithoutWorkers()
  ;({ lotkeeper, client } = run)
})
afterAll(() => run?.stop())

/** Starts a worker of a build, and makes that build the current one, as a deploy does. */
async function deploy(workerBuildId: string): Promise<void> {
  await run.startWorker({ workerBuildId })
  const current = { namespace: 'default', deploymentName: 'lotkeeper', buildId: workerBuildId }
  await waitFor('the current version to be set', () =>
    isSet(client.workflowService.setWorkerDeploymentCurrentVersion(current)),
  )
}

/** Temporal knows a build once its worker has polled. @returns false before */
async function isSet(request: Promise<unknown>): Promise<boolean> {
  try {
    await request
    return true
  } catch (error) {
    if (isGrpcServiceError(error) && BUILD_UNKNOWN.includes(error.code)) return false
    throw error
  }
}

async function buildOf(workflowId: string): Promise<string | null | undefined> {
  const { raw } = await client.workflow.getHandle(workflowId).describe()
  return raw.workflowExecutionInfo?.versioningInfo?.deploymentVersion?.buildId
}

it('a generation ends on the build that it started on, a membership moves to the current build', async () => {
  const studio = lotkeeper.as('x-design')
  const path = `/v1/accounts/${randomUUID()}`
  await studio.put(path, {})
  const reserve = async () => {
    const { body } = await studio.post(`${path}/generations`, { operation: 'recolor' })
    return { id: body.id, workflow: generationWorkflowId('x-design', body.id) }
  }

  await deploy(OLD)
  const { body: joined } = await studio.post(`${path}/memberships`, { plan: 'member' })
  const membership = membershipWorkflowId('x-design', joined.id)
  const first = await reserve()
  expect([await buildOf(membership), await buildOf(first.workflow)]).toEqual([OLD, OLD])

  await deploy(NEW)
  const second = await reserve()
  for (const { id } of [first, second]) expect((await studio.post(`/v1/generations/${id}/complete`)).status).toBe(200)
  expect((await studio.post(`/v1/memberships/${joined.id}/cancel`, {})).status).toBe(200)
  expect([await buildOf(first.workflow), await buildOf(second.workflow), await buildOf(membership)]).toEqual([
    OLD,
    NEW,
    NEW,
  ])
})
