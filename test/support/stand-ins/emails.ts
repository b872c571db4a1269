import { readMailbox } from '../../../email/mailbox.ts'
import { waitFor } from '../wait-for.ts'

/** Emails to an address in a Lotkeeper's mail folder, newest first. */
async function emailsTo(dataDir: string, address: string) {
  const emails = await readMailbox(`${dataDir}/mail`, 10_000)
  return emails.filter(({ to }) => to === address)
}

/** Waits for `count` emails to an address. */
export const waitForEmails = (dataDir: string, address: string, count: number) =>
  waitFor(
    `${count} emails to ${address}`,
    () => emailsTo(dataDir, address),
    emails => emails.length >= count,
  )

/** The code in the newest of `count` emails to an address. */
export async function codeFromEmail(dataDir: string, address: string, count = 1): Promise<string> {
  const [email] = await waitForEmails(dataDir, address, count)
  const code = /^ {4}([0-9A-Z-]{23})$/m.exec(email?.text ?? '')?.[1]
  if (!code) throw new Error(`the newest email to ${address} has no code: ${email?.text}`)
  return code
}
