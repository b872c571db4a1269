// npm run compile -- FOLDER: compiles the services, commands and bench to JavaScript and copies the files that they read.
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, rmSync } from 'node:fs'
import path from 'node:path'

const ASSETS = ['package.json', 'api', 'bench', 'db', 'policies', 'web/dist']

const root = path.resolve(import.meta.dirname, '..')
const [folder] = process.argv.slice(2)
if (!folder) throw new Error('Usage: npm run compile -- FOLDER')
const out = path.resolve(folder)

rmSync(out, { recursive: true, force: true })
execFileSync('npx', ['tsc', '-p', 'tsconfig.compile.json', '--outDir', out], { cwd: root, stdio: 'inherit' })
for (const asset of ASSETS.filter(asset => existsSync(path.join(root, asset))))
  cpSync(path.join(root, asset), path.join(out, asset), {
    recursive: true,
    filter: file => !file.endsWith('.ts'),
  })
