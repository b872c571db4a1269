import type { invoices as en } from './en.ts'

export const invoices: typeof en = {
  invoices: 'Abrechnungen und Rechnungen',
  invoice_states: {
    open: 'Offen',
    issued: 'Gestellt',
    paid: 'Bezahlt',
  },
  invoice_kinds: { statement: 'Abrechnung', invoice: 'Rechnung', credit_note: 'Rechnungskorrektur' },
  billing: 'Rechnungsdaten',
  billing_why:
    'Sie stehen auf deinen Rechnungen. Ohne sie erhältst du Abrechnungen. Ausgestellte Rechnungen ändern sich nicht.',
  billing_name: 'Name oder Firma',
  billing_address: 'Anschrift, mit Postleitzahl und Land',
  billing_tax_id: 'Steuernummer (freiwillig)',
  billing_do: 'Speichern',
  billing_saved: 'Gespeichert.',
}
