import type { Format } from '../format.ts'

/** English texts of emails; their type requires the same keys of every language. */
export const en = (f: Format) => {
  const credits = (n: number) => `${f.number(n)} ${n === 1 ? 'credit' : 'credits'}`
  return {
    credits,
    open_page: 'Open Plan & Credits',
    support: 'Questions? Contact support:',
    because: {
      account: (product: string) => `You receive this email because you have an account with ${product}.`,
      purchase: (product: string) => `You receive this email because of a purchase from ${product}.`,
      gift: (product: string) => `You receive this email because someone bought you credits for ${product}.`,
    },
    labels: {
      order: 'Order number',
      date: 'Date',
      item: 'Item',
      credits: 'Credits',
      discount: 'Discount',
      price: 'Price',
      reference: 'Reference',
      reason: 'Reason',
      returned: 'Credits returned',
      bonus: 'Bonus',
      generation: 'Generation',
      plan: 'Plan',
      usable_until: 'Credits usable until',
      expires: 'Expires',
      from: 'Applies from',
    },

    code: {
      subject: (n: number, product: string) => `Your code for ${credits(n)} from ${product}`,
      title: 'Your redemption code',
      thanks: (pack: string, product: string) => `Thank you for buying ${pack} from ${product}.`,
      code: (n: number) => `Your redemption code for ${credits(n)}:`,
      how: (product: string) => [
        `Enter it on any platform of ${product}.`,
        'Credits are added to the account you are signed in to. The code works once.',
        'Upper or lower case, spaces and hyphens make no difference.',
        'Keep the code secret until then.',
      ],
      replaces: 'The code that we sent you before no longer works.',
    },
    gift: {
      subject: (n: number, product: string) => `A gift for you: ${credits(n)} for ${product}`,
      title: 'A gift for you',
      received: (n: number, product: string) => `You received a gift: ${credits(n)} for ${product}.`,
    },

    receipt: {
      subject: (item: string, product: string) => `Receipt for ${item} from ${product}`,
      title: 'Receipt',
      thanks: (product: string) => `Thank you for your purchase. ${product} has received your payment.`,
      added: 'The credits are added to your account. They are listed on Plan & Credits.',
      by_code: 'You receive the redemption code in a separate email.',
      gifted: 'The recipient of your gift receives the redemption code in a separate email.',
      keep: 'Quote the order number if you contact support.',
    },

    transfer: {
      subject: (item: string, product: string) => `Your order of ${item} from ${product} has expired`,
      title: 'Order expired',
      expired: 'Your bank transfer for this order has not arrived in time, so the order has expired. You owe nothing.',
      on_its_way:
        'If you have sent the money already, you need not do anything: the credits are added when it arrives.',
    },

    late: {
      subject: (n: number) => `Your ${credits(n)} ${n === 1 ? 'has' : 'have'} arrived`,
      title: 'Your credits have arrived',
      sorry: 'We have received your payment but added the credits late. We are sorry for the delay.',
      bonus: (n: number) => `As an apology we added ${credits(n)}.`,
    },

    compensation: {
      subject: (n: number, product: string) => `${product} has added ${credits(n)} to your account`,
      title: 'Compensation',
      sorry: 'Something went wrong on our side, and it cost you credits. We are sorry.',
      added: (n: number) => `We added ${credits(n)} to your account.`,
      causes: {
        'technical-failure': 'Technical failure',
        'poor-quality': 'Poor quality of the result',
        'platform-bug': 'Fault of the platform',
        'wrong-deduction': 'Wrong deduction',
        downtime: 'Downtime',
        'account-issue': 'Problem with your account',
      } as Record<string, string>,
    },

    past_due: {
      subject: (plan: string) => `The payment for ${plan} is due`,
      title: 'Payment due',
      due: (plan: string) => `We have not received the payment for ${plan} yet.`,
      until: (at: string) => `You can use all credits until ${at}.`,
      afterwards: 'After that your membership lapses until the payment has arrived.',
      do: 'Check your payment method. If you have just paid, you need not do anything.',
    },

    expiring: {
      subject: (n: number, day: string) => `${credits(n)} ${n === 1 ? 'expires' : 'expire'} on ${day}`,
      title: 'Credits expire soon',
      expire: (n: number, at: string) => `${credits(n)} ${n === 1 ? 'expires' : 'expire'} by ${at}.`,
      order: 'Credits that are used before then do not expire.',
    },

    audit: {
      subject: (product: string) => `We have checked your credits at ${product}`,
      title: 'Result of our check',
    },

    policy: {
      subject: (product: string, day: string) => `Changes to credits at ${product} from ${day}`,
      title: (product: string) => `Changes to credits at ${product}`,
      from: (at: string) => `The following changes apply from ${at}.`,
      kept: 'Credits that you already have keep their terms.',
    },
  }
}

export type EmailTexts = ReturnType<typeof en>
