import type { payments as en } from './en.ts'

export const payments: typeof en = {
  payment_method: 'Zahlungsart',
  payment_methods: {
    kr_card: 'Koreanische Karte',
    card: 'Internationale Karte',
    kakao_pay: 'Kakao Pay',
    naver_pay: 'Naver Pay',
    payco: 'PAYCO',
    samsung_pay: 'Samsung Pay',
    toss: 'Toss (Überweisung)',
    bank_transfer: 'Überweisung',
  },
  transfer_how:
    'Überweise den Betrag auf dieses Konto und gib den Verwendungszweck an. Die Credits kommen, sobald wir das Geld sehen.',
  transfer_amount: 'Betrag',
  transfer_bank: 'Bank',
  transfer_account: 'Kontonummer',
  transfer_holder: 'Kontoinhaber',
  transfer_reference: 'Verwendungszweck',
  transfer_expired:
    'Es kam keine Überweisung rechtzeitig an. Ist deine noch unterwegs, kommen die Credits, sobald sie da ist.',
  transfer_due: 'Zahlbar bis',
}
