/** Texts of the results of a search. */
export const search = {
  title: (text: string) => `Found for “${text}”`,
  nothing:
    'Nothing was found. Enter an account, an e-mail address, a purchase, a reference of the payment provider, a code or a generation, at least its beginning.',
  kinds: {
    account: 'Account',
    purchase: 'Purchase',
    membership: 'Membership',
    generation: 'Generation',
    payment: 'Unassigned payment',
  } as Record<string, string>,
  by: (clue: string) => `by ${clue}`,
  clues: { email: 'e-mail address', reference: 'reference', code: 'code' } as Record<string, string>,
}
