// npm run answers: sends the examples of the documentation to a new server (npm start) and keeps what it answers, for
// the reference. An answer that no longer fits its schema is left out there until it is recorded again.
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Example } from '../../../api/docs/examples/example.ts'
import { examples } from '../../../api/docs/examples/index.ts'
import { connectDb } from '../../../db/core/connect.ts'
import { readConfig } from '../../../platform/config.ts'
import { findRunning } from '../../../scripts/running.ts'
import type { Lotkeeper } from '../servers/connect-lotkeeper.ts'
import { createExampleRunner } from './examples.ts'

const LISTED = 2
/** Shown instead of secrets, which the reference must not have even where they open nothing. */
const SECRETS: Record<string, string> = {
  key: 'lk_VGhpcyBpcyBhbiBleGFtcGxl',
  secret: 'whsec_VGhpcyBpcyBhbiBleGFtcGxl',
}

const running = findRunning(readConfig(process.env).dataDir)
const db = connectDb(running.database_url, 2)
const runner = createExampleRunner({ url: running.api, keys: running.keys, db } as unknown as Lotkeeper)
const answers: Record<string, { status: number; body: unknown }> = {}
for (const example of examples) {
  const { status, body } = await runner.send(example)
  if (status < 300 !== (example.refusal === undefined)) throw new Error(`${example.operation} answers ${status}`)
  if (status < 300) answers[example.operation] ??= { status, body: shown(body, example) }
}
const text = runner.withSampleIds(JSON.stringify(answers, null, 2))
writeFileSync(path.resolve(import.meta.dirname, '../../../api/docs/examples/answers.json'), `${text}\n`)
await db.end()

function shown(body: any, { operation }: Example): unknown {
  const short = body?.data ? { ...body, data: body.data.slice(0, LISTED) } : body
  const isSession = operation.endsWith('/portal-sessions')
  return JSON.parse(JSON.stringify(short), (name, value) => {
    if (typeof value !== 'string') return value
    if (isSession && name === 'url') return 'http://localhost:3000/portal?session=VGhpcyBpcyBhbiBleGFtcGxl'
    return SECRETS[name] && /[A-Za-z]/.test(value) && operation.startsWith('post') ? SECRETS[name] : value
  })
}
