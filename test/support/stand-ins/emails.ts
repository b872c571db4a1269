import { readMailbox } from '../../../email/mailbox.ts'
import { waitFor } from '../wait-for.ts'

/** Emails to an address in a Lotkeeper's mail folder, newest first. */
async function lettersTo(dataDir: string, address: string) {
  const letters = await readMailbox(`${dataDir}/mail`, 10_000)
  return letters.filter(({ to }) => to === address)
}

/** The same, once there are so many. */
export const awaitLetters = (dataDir: string, address: string, count: number) =>
  waitFor(
    `${count} emails to ${address}`,
    () => lettersTo(dataDir, address),
    letters => letters.length >= count,
  )

/** The code in the newest email to an address. */
export async function codeMailedTo(dataDir: string, address: string, count = 1): Promise<string> {
  const [letter] = await awaitLetters(dataDir, address, count)
  const code = /^ {4}([0-9A-Z-]{23})$/m.exec(letter?.text ?? '')?.[1]
  if (!code) throw new Error(`${address} was mailed no code: ${letter?.text}`)
  return code
}
