import { fileURLToPath } from 'node:url'
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker'

const stackTraces = fileURLToPath(new URL('../workflows/lib/stack-traces.ts', import.meta.url))
const workflowsPath = fileURLToPath(new URL('../workflows/index.ts', import.meta.url))

/**
 * The workflows as one file of code, as the worker loads them. Takes a few seconds. Their modules are loaded once and
 * shared by all workflows of a worker, so they may keep nothing of a workflow's own; the law of imports sees to it.
 */
export async function bundle(): Promise<string> {
  const { code } = await bundleWorkflowCode({
    workflowsPath,
    preloadModules: [stackTraces, workflowsPath],
    logger: new DefaultLogger('WARN'),
    // Files and lines for stack traces, without columns and the text of the files: that would be two thirds of the bundle.
    webpackConfigHook: config => ({ ...config, devtool: 'inline-nosources-cheap-module-source-map' }),
  })
  return code
}
