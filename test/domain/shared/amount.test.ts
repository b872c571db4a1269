import { formatMoney } from '../../../domain/shared/amount.ts'

test.each([
  [1999, 'USD', '$19.99'],
  [12_900, 'KRW', '₩12,900'],
  [990, 'EUR', '€9.90'],
  [-500, 'EUR', '-€5.00'],
  [1_234, 'BHD', 'BHD 1.234'],
  [0, 'USD', '$0.00'],
])('%d %s is %s', (amount, currency, text) => {
  expect(formatMoney(amount, currency).replace('\u00a0', ' ')).toBe(text)
})

test('money in the locale of the reader', () => {
  expect(formatMoney(1999, 'EUR', 'de').replace('\u00a0', ' ')).toBe('19,99 €')
})
