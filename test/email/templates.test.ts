import { html } from '../../domain/shared/html.ts'
import { languages } from '../../domain/shared/languages.ts'
import { composeEmail } from '../../email/compose.ts'
import type { EmailContent, EmailContext } from '../../email/content.ts'
import { auditEmail } from '../../email/templates/audit.ts'
import { codeEmail } from '../../email/templates/code.ts'
import { compensationEmail } from '../../email/templates/compensation.ts'
import { expiringCreditsEmail } from '../../email/templates/expiring-credits.ts'
import { lateCreditsEmail } from '../../email/templates/late-credits.ts'
import { pastDueEmail } from '../../email/templates/past-due.ts'
import { policyAnnouncementEmail } from '../../email/templates/policy-announcement.ts'
import { type ReceiptFacts, receiptEmail } from '../../email/templates/receipt.ts'

const context = (fields: Partial<EmailContext> = {}): EmailContext => ({
  product: 'Pixel <Lab>',
  support: 'help@pixel.example',
  page: 'https://pixel.example/credits',
  language: 'en',
  timeZone: 'Asia/Seoul',
  ...fields,
})
const code = {
  pack: 'Starter',
  credits: 5,
  code: 'ABCDE-FGHJK-MNPQR-STVWX',
  order: 'pur_1',
  gift: false,
  replaces: false,
}
const receipt: ReceiptFacts = {
  order: 'pur_1',
  pack: 'Boost',
  quantity: 2,
  credits: 1000,
  amount: 129000,
  currency: 'KRW',
  discount_percent: 20,
  paid_at: '2027-03-08T20:30:00.000Z',
  delivery: 'credits',
}
const lots = [
  { credits: 1, expires_at: '2027-03-09T00:00:00.000Z' },
  { credits: 1500, expires_at: '2027-03-09T15:00:00.000Z' },
]
const compensation = { cause: 'technical-failure', lost: 20, bonus: 40, generation: 'gen_7' }
const announcement = { from: '2027-03-08T20:30:00.000Z', changes: [{ heading: 'Packs', lines: ['added: Boost.'] }] }

const templates: Record<string, (c: EmailContext) => EmailContent> = {
  code: c => codeEmail(c, code),
  gift: c => codeEmail(c, { ...code, gift: true }),
  receipt: c => receiptEmail(c, receipt),
  'late credits': c => lateCreditsEmail(c, { order: 'pur_1', credits: 500, bonus: 50 }),
  compensation: c => compensationEmail(c, compensation),
  'past due': c => pastDueEmail(c, { plan: 'Freelancer', until: '2027-03-08T20:30:00.000Z' }),
  'expiring credits': c => expiringCreditsEmail(c, lots),
  audit: c => auditEmail(c, 'We checked.\n- 2027-03-08: 5 credits were missing; corrected.\nDone.'),
  'policy announcement': c => policyAnnouncementEmail(c, announcement),
}

const each = Object.entries(templates).flatMap(([name, template]) =>
  languages.map(language => [name, language, template] as const),
)

test.each(each)('%s (%s): both forms say the same, with link and support', (_name, language, template) => {
  const content = template(context({ language }))
  const { html: shownHtml, text, subject, replyTo } = composeEmail(context({ language }), 'a@b.example', content)
  const shown = content.blocks.flatMap(block => {
    if (block.kind === 'rows') return block.rows.flat()
    if (block.kind === 'list') return block.items
    return [block.kind === 'code' ? block.code : block.text]
  })
  for (const part of [content.title, ...shown, 'https://pixel.example/credits', 'help@pixel.example']) {
    expect(text).toContain(part)
    expect(shownHtml).toContain(html`${part}`.html)
  }
  expect(shownHtml).toContain(`<html lang="${language}">`)
  expect(shownHtml).not.toContain('<Lab>')
  expect(subject).not.toBe('')
  expect(replyTo).toBe('help@pixel.example')
})

const textOf = (content: EmailContent, fields: Partial<EmailContext> = {}) =>
  composeEmail(context(fields), 'a@b.example', content).text

test.each<[what: string, content: EmailContent, says: RegExp | string]>([
  ['one credit', codeEmail(context(), { ...code, credits: 1 }), /code for 1 credit:/],
  [
    'a gift without its order',
    codeEmail(context(), { ...code, gift: true }),
    /^A gift for you\n\nYou received a gift: 5 credits(?![\s\S]*pur_1)/,
  ],
  ['a replacement', codeEmail(context(), { ...code, replaces: true }), /before no longer works/],
  [
    'quantity, discount and money',
    receiptEmail(context(), receipt),
    'Item: Boost × 2\nCredits: 1,000\nDiscount: 20 %\nPrice: ₩129,000',
  ],
  ["the customer's time", receiptEmail(context(), receipt), /Date: March 9, 2027 at 5:30 AM GMT\+9/],
  ['no unknown amount', receiptEmail(context(), { ...receipt, credits: null }), /× 2\nDiscount/],
  [
    'the way to the code',
    receiptEmail(context(), { ...receipt, delivery: 'code' }),
    'redemption code in a separate email',
  ],
  [
    'the bonus for the delay',
    lateCreditsEmail(context(), { order: 'p', credits: 500, bonus: 50 }),
    'Credits: 500\nBonus: 50',
  ],
  [
    'no bonus',
    lateCreditsEmail(context(), { order: 'p', credits: 500, bonus: 0 }),
    /late\. We are sorry for the delay\.\n\nOrder/,
  ],
  [
    'a cause in words',
    compensationEmail(context(), compensation),
    'Reason: Technical failure\nCredits returned: 20\nBonus: 40',
  ],
  ['another cause', compensationEmail(context(), { ...compensation, cause: 'slow-render' }), 'Reason: Slow render'],
  [
    'the sum of the lots',
    expiringCreditsEmail(context(), lots),
    /^Credits expire soon\n\n1,501 credits expire by March 10, 2027/,
  ],
])('a customer reads %s', (_what, content, says) => {
  expect(textOf(content)).toMatch(says)
})

test('a product without support and page has neither in its emails', () => {
  const bare = { support: null, page: null }
  const { html, text } = composeEmail(context(bare), 'a@b.example', codeEmail(context(bare), code))
  expect(text.split('\n--\n')[1]).toBe('You receive this email because of a purchase from Pixel <Lab>.\n')
  expect(html).not.toContain('href')
})
