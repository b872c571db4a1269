import type { Language } from '../../../domain/shared/languages.ts'

const en = {
  kinds: { statement: 'Statement', invoice: 'Invoice', credit_note: 'Credit note' },
  number: 'Number',
  month: 'Month',
  date: 'Date',
  due: 'Due',
  corrects: 'Corrects invoice',
  from: 'Seller',
  to: 'Customer',
  account: 'Account',
  tax_id: 'Tax ID',
  description: 'Description',
  amount: 'Amount',
  refund: 'Refund',
  net: 'Net',
  total: 'Total',
  pay: 'How to pay',
  reference: (number: string) => `Reference: ${number}`,
  states: { open: 'Open until the end of the month', issued: 'Not paid yet', paid: 'Paid' },
  not_invoice: 'This is not an invoice.',
  needs_buyer: 'It becomes one once the month is over and the account has billing details.',
  print: 'To save it as a PDF, print it and choose PDF as the printer.',
}
type Texts = typeof en

const de: Texts = {
  kinds: { statement: 'Abrechnung', invoice: 'Rechnung', credit_note: 'Rechnungskorrektur' },
  number: 'Nummer',
  month: 'Monat',
  date: 'Datum',
  due: 'Fällig am',
  corrects: 'Korrigiert Rechnung',
  from: 'Verkäufer',
  to: 'Kunde',
  account: 'Konto',
  tax_id: 'Steuernummer',
  description: 'Beschreibung',
  amount: 'Betrag',
  refund: 'Erstattung',
  net: 'Netto',
  total: 'Gesamt',
  pay: 'Zahlung',
  reference: number => `Verwendungszweck: ${number}`,
  states: { open: 'Offen bis zum Monatsende', issued: 'Noch nicht bezahlt', paid: 'Bezahlt' },
  not_invoice: 'Dies ist keine Rechnung.',
  needs_buyer: 'Sie wird zur Rechnung, sobald der Monat vorbei ist und das Konto Rechnungsdaten hat.',
  print: 'Zum Speichern als PDF: drucken und PDF als Drucker wählen.',
}

const ko: Texts = {
  kinds: { statement: '이용 내역서', invoice: '청구서', credit_note: '환불 전표' },
  number: '번호',
  month: '월',
  date: '발행일',
  due: '납부 기한',
  corrects: '정정 대상 청구서',
  from: '공급자',
  to: '고객',
  account: '계정',
  tax_id: '사업자등록번호',
  description: '내용',
  amount: '금액',
  refund: '환불',
  net: '공급가액',
  total: '합계',
  pay: '납부 방법',
  reference: number => `입금자 메모: ${number}`,
  states: { open: '월말까지 집계 중', issued: '미납', paid: '납부 완료' },
  not_invoice: '이 문서는 청구서가 아닙니다.',
  needs_buyer: '해당 월이 끝나고 계정에 청구 정보가 등록되면 청구서로 발행됩니다.',
  print: 'PDF로 저장하려면 인쇄에서 프린터를 PDF로 선택하세요.',
}

const languages = { en, de, ko }

export function invoiceTexts(language: Language): Texts {
  return languages[language]
}
