import { verify } from '../../db/ledger/verify.ts'
import type { Config } from '../../platform/config.ts'
import { dbFor } from './servers.ts'

/** Checks the whole book against itself and says what it found. @returns the exit code: 1 when it contradicts itself */
export async function verifyBook(config: Config, say: (line: string) => void): Promise<number> {
  const db = dbFor(config)
  try {
    const inconsistencies = await verify(db)
    for (const { account, what, where } of inconsistencies) say(`${account}: ${what} (${where})`)
    say(inconsistencies.length === 0 ? 'The book is whole.' : `${inconsistencies.length} inconsistencies.`)
    return inconsistencies.length === 0 ? 0 : 1
  } finally {
    await db.end()
  }
}
