import { fileURLToPath } from 'node:url'
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker'

/** The workflows as one file of code, as the worker loads them. Takes a few seconds. */
export async function bundle(): Promise<string> {
  const { code } = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../workflows/index.ts', import.meta.url)),
    logger: new DefaultLogger('WARN'),
    // Files and lines for stack traces, without columns and the text of the files: that would be two thirds of the bundle.
    webpackConfigHook: config => ({ ...config, devtool: 'inline-nosources-cheap-module-source-map' }),
  })
  return code
}
