import { readMailbox } from '../../mail/mailbox.ts'

/** What was mailed to an address by a Lotkeeper that keeps its letters in a folder; the newest first. */
async function lettersTo(dataDir: string, address: string) {
  const letters = await readMailbox(`${dataDir}/mail`, 10_000)
  return letters.filter(({ to }) => to === address)
}

/** The same, once so many have come. */
export async function awaitLetters(dataDir: string, address: string, count: number) {
  for (let tries = 0; tries < 200; tries++) {
    const letters = await lettersTo(dataDir, address)
    if (letters.length >= count) return letters
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  throw new Error(`${address} was not sent ${count} letters`)
}

/** The code in the newest letter to an address. */
export async function codeMailedTo(dataDir: string, address: string, count = 1): Promise<string> {
  const [letter] = await awaitLetters(dataDir, address, count)
  const code = /^ {4}([0-9A-Z-]{23})$/m.exec(letter?.text ?? '')?.[1]
  if (!code) throw new Error(`${address} was mailed no code: ${letter?.text}`)
  return code
}
