import { mkdir, mkdtemp } from 'node:fs/promises'
import path from 'node:path'
import { build } from 'vite'

const root = path.resolve(import.meta.dirname, '../../..')

/**
 * Bundles API and worker into one file, since tests start them hundreds of times and reading the sources took two
 * thirds of a start. The file is within the project, to find packages that cannot be bundled.
 */
export async function bundleService(): Promise<{ file: string; folder: string }> {
  const parent = path.join(root, '.lotkeeper')
  await mkdir(parent, { recursive: true })
  const folder = await mkdtemp(path.join(parent, 'test-service-'))
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    // Native packages, and those that read their own files.
    ssr: {
      noExternal: true,
      external: [
        '@temporalio/client',
        '@temporalio/common',
        '@temporalio/worker',
        '@temporalio/activity',
        '@temporalio/workflow',
        'pg-native',
        'knex',
      ],
    },
    build: {
      ssr: path.join(root, 'test/support/run/service.ts'),
      outDir: folder,
      emptyOutDir: false,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: 'service.mjs', codeSplitting: false } },
    },
  })
  return { file: path.join(folder, 'service.mjs'), folder }
}
