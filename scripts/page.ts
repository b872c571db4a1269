// npm run page -- <product> <account>: prints a link to an account's portal; the link works once.
import { readConfig } from '../platform/config.ts'
import { callerOf, findRunning } from './running.ts'

const [product = '', account = ''] = process.argv.slice(2)
try {
  const running = findRunning(readConfig(process.env).dataDir)
  const key = running.keys[product]?.manage
  if (!key || !account) throw new Error(`npm run page -- ${Object.keys(running.keys).join('|')} <account>`)
  const call = callerOf(running.api, key)
  const { body } = await call('POST', `/v1/accounts/${encodeURIComponent(account)}/portal-sessions`, {})
  if (typeof body.url !== 'string') throw new Error(String(body.detail ?? body.title))
  console.log(body.url)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
