import path from 'node:path'
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker'

const workflows = path.resolve(import.meta.dirname, '../workflows')
/** `.ts`, or `.js` where the project is compiled. */
const extension = path.extname(import.meta.filename)
const stackTraces = path.join(workflows, `lib/stack-traces${extension}`)
const workflowsPath = path.join(workflows, `index${extension}`)

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
