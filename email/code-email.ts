import type { Email } from './mailer.ts'

/** What a letter with a redemption code says (MY-04); to whom it is a gift, it says so, and not from whom (MY-10). */
export function codeEmail({
  product,
  pack,
  credits,
  code,
  to,
  gift,
  replaces,
}: {
  /** the names that customers know */
  product: string
  pack: string
  credits: number
  code: string
  to: string
  gift: boolean
  /** whether an earlier code is dead from now on */
  replaces: boolean
}): Email {
  const amount = `${credits} ${credits === 1 ? 'credit' : 'credits'}`
  const lines = [
    gift ? `Somebody gave you ${amount} for ${product}.` : `Thank you for buying ${pack} from ${product}.`,
    '',
    `Your redemption code for ${amount}:`,
    '',
    `    ${code}`,
    '',
    `Enter it on any platform of ${product}.`,
    'The credits are added, once, to the account with which you do.',
    'Capital or small letters, spaces and hyphens make no difference.',
    'Keep it to yourself until then.',
    ...(replaces ? ['', 'The code that you were sent before is no longer good.'] : []),
    '',
  ]
  return {
    to,
    subject: gift ? `A gift for you: ${amount} for ${product}` : `Your code for ${amount} from ${product}`,
    text: lines.join('\n'),
  }
}
