import { verify } from '../../db/ledger/verify.ts'
import type { Config } from '../../platform/config.ts'
import { dbFor } from './servers.ts'

/** Checks the whole ledger and prints every error. @returns the exit code: 1 when there are errors */
export async function verifyLedger(config: Config, print: (line: string) => void): Promise<number> {
  const db = dbFor(config)
  try {
    const errors = await verify(db)
    for (const { account, what, where } of errors) print(`${account}: ${what} (${where})`)
    print(errors.length === 0 ? 'Ledger verified: no errors.' : `${errors.length} errors.`)
    return errors.length === 0 ? 0 : 1
  } finally {
    await db.end()
  }
}
