// Downloads Temporal's development server into the given folder, through the SDK.
import { TestWorkflowEnvironment } from '@temporalio/testing'

const [downloadDir] = process.argv.slice(2)
const executable = { type: 'cached-download', downloadDir } as const
try {
  const environment = await TestWorkflowEnvironment.createLocal({ server: { executable } })
  await environment.teardown()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
