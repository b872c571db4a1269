/** Texts of the ways to pay, and of bank transfers. */
export const payments = {
  payment_method: 'Payment method',
  payment_methods: {
    kr_card: 'Korean card',
    card: 'International card',
    kakao_pay: 'Kakao Pay',
    naver_pay: 'Naver Pay',
    payco: 'PAYCO',
    samsung_pay: 'Samsung Pay',
    toss: 'Toss (transfer)',
    bank_transfer: 'Bank transfer',
  } as Record<string, string>,
  transfer_how: 'Send the amount to this account, with the reference. Your credits arrive once we have seen the money.',
  transfer_amount: 'Amount',
  transfer_bank: 'Bank',
  transfer_account: 'Account number',
  transfer_holder: 'Account holder',
  transfer_reference: 'Reference',
  transfer_expired: 'No transfer arrived in time. If yours is on its way, its credits are added when it arrives.',
  transfer_due: 'Pay by',
}
