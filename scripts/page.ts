// npm run page -- <product> <account>: prints a link to an account's portal; the link works once.
import { readConfig } from '../platform/config.ts'
import { runCommand } from '../platform/run-command.ts'
import { callerOf, findRunning } from './running.ts'

await runCommand(async () => {
  const [product = '', account = ''] = process.argv.slice(2)
  const running = findRunning(readConfig(process.env).dataDir)
  const key = running.keys[product]?.manage
  if (!key || !account) throw new Error(`npm run page -- ${Object.keys(running.keys).join('|')} <account>`)
  const call = callerOf(running.api, key)
  const { body } = await call('POST', `/v1/accounts/${encodeURIComponent(account)}/portal-sessions`, {})
  if (typeof body.url !== 'string') throw new Error(String(body.detail ?? body.title))
  console.log(body.url)
  return 0
})
