import path from 'node:path'
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker'

const workflows = path.resolve(import.meta.dirname, '../workflows')
/** `.ts`, or `.js` where the project is compiled. */
const extension = path.extname(import.meta.filename)
const stackTraces = path.join(workflows, `lib/stack-traces${extension}`)
const cancellation = path.join(workflows, `lib/cancellation${extension}`)
const workflowsPath = path.join(workflows, `index${extension}`)

/**
 * Bundles the workflows into one file for the worker, in a few seconds. All workflows of a worker share the modules, so
 * modules must keep no state; test/project/import-rules.test.ts checks it.
 */
export async function bundle(workflowInterceptorModules: string[] = []): Promise<string> {
  const { code } = await bundleWorkflowCode({
    workflowsPath,
    preloadModules: [stackTraces, cancellation, workflowsPath],
    workflowInterceptorModules: [...workflowInterceptorModules, cancellation],
    logger: new DefaultLogger('WARN'),
    // Stack traces need files and lines only; columns and sources would be two thirds of the bundle.
    webpackConfigHook: config => ({ ...config, devtool: 'inline-nosources-cheap-module-source-map' }),
  })
  return code
}
