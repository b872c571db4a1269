import { count } from '../domain/shared/plain-words.ts'
import type { Email } from './mailer.ts'

/** The email with a redemption code (MY-04). For a gift it says so, and does not name the giver (MY-10). */
export function codeEmail({
  product,
  pack,
  credits,
  code,
  to,
  gift,
  replaces,
}: {
  /** names that customers know */
  product: string
  pack: string
  credits: number
  code: string
  to: string
  gift: boolean
  /** whether an earlier code stops working */
  replaces: boolean
}): Email {
  const amount = count(credits, 'credit')
  const lines = [
    gift ? `You received a gift: ${amount} for ${product}.` : `Thank you for buying ${pack} from ${product}.`,
    '',
    `Your redemption code for ${amount}:`,
    '',
    `    ${code}`,
    '',
    `Enter it on any platform of ${product}.`,
    'Credits are added to the account you are signed in to. The code works once.',
    'Upper or lower case, spaces and hyphens make no difference.',
    'Keep the code secret until then.',
    ...(replaces ? ['', 'The code that we sent you before no longer works.'] : []),
    '',
  ]
  return {
    to,
    subject: gift ? `A gift for you: ${amount} for ${product}` : `Your code for ${amount} from ${product}`,
    text: lines.join('\n'),
  }
}
