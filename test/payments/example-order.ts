/** An order of a payment page. Also a refund of its payment, which a provider identifies by the references. */
export const order = {
  product: 'kvidai',
  purchase: 'pur_1',
  account: 'ada',
  description: '100 credits',
  amount: 9900,
  currency: 'KRW',
  payment_methods: [] as string[],
  quantity: 1,
  page: null,
  number: 1,
  references: ['pi_1'],
  idempotency_key: 'key-1',
}
