import type { ReportedFinding } from '../report.ts'
import type { AuditTexts } from './en.ts'

const credits = (n: number) => `${n} ${n === 1 ? 'Credit' : 'Credits'}`
const of = ({ credits: n }: ReportedFinding) => credits(n)
const were = (n: number) => (n === 1 ? 'wurde' : 'wurden')

export const de: AuditTexts = {
  begins: day => `Am ${day} haben wir deine Käufe und jeden Monat deiner Mitgliedschaft mit deinen Credits verglichen.`,
  correct: 'Alles stimmt.',
  granted_correctly: 'Du hast alles erhalten, was dir zusteht.',
  found: n => `Wir haben ${n === 1 ? 'eine Abweichung' : `${n} Abweichungen`} gefunden:`,
  corrected: 'korrigiert',
  all_corrected: 'Alles ist korrigiert.',
  needs_approval: 'Der Rest wartet auf die Freigabe durch eine zweite Person in unserem Team.',
  declined:
    'Eine zweite Person in unserem Team hat den Rest geprüft und nichts geändert. Wenn du das anders siehst, schreib unserem Support.',
  open: 'Unser Team prüft den Rest.',
  month_returned: (n, day) =>
    `${credits(n)} aus deinem Monat, der am ${day} begann, ${were(n)} zurückgenommen, weil die Zahlung dafür zurückging.`,
  apology: n => `Es tut uns leid. Wir haben deinem Konto ${credits(n)} gutgeschrieben.`,
  received: n => `Von den ${credits(n)}, die du erhalten hast,`,
  spent: n => `${were(n)} ${n} für Generierungen verbraucht`,
  held: n => `${n === 1 ? 'ist' : 'sind'} ${n} für laufende Aufträge reserviert`,
  expired: n => `${n === 1 ? 'ist' : 'sind'} ${n} abgelaufen`,
  money_back: n => `${were(n)} ${n} zurückgenommen, weil die Zahlung dafür zurückging`,
  corrections: n => `${were(n)} ${n} durch Korrekturen zurückgenommen oder ersetzt`,
  by_support: n => `${were(n)} ${n} von unserem Support entfernt`,
  available: n => `${n === 1 ? 'ist' : 'sind'} ${n} übrig`,
  list: parts => parts.join(', ').replace(/, (?!.*, )/, ' und '),
  removed: (n, day, reason) => `${day}: Unser Support hat ${credits(n)} entfernt. Angegebener Grund: ${reason}`,
  restored: 'zurückgegeben',
  offer: n =>
    n === 1
      ? 'Falls dieser Credit zu Unrecht entfernt wurde, melde dich beim Support: Wir geben ihn zurück.'
      : `Falls diese ${credits(n)} zu Unrecht entfernt wurden, melde dich beim Support: Wir geben sie zurück.`,
  findings: {
    grant_missing: finding => `${of(finding)} fehlten`,
    grant_overdue: finding => `${of(finding)} waren fällig und fehlten`,
    granted_twice: finding => `${of(finding)} waren doppelt gutgeschrieben`,
    wrong_amount: finding => `${of(finding)} zu ${finding.hurts ? 'wenig' : 'viel'} waren gutgeschrieben`,
    wrong_expiry: finding => `${of(finding)} hatten das falsche Ablaufdatum`,
    wrong_freeze: finding => `${of(finding)} waren irrtümlich ${finding.hurts ? '' : 'nicht '}Mitgliedern vorbehalten`,
    wrong_source: finding => `${of(finding)} waren als eine andere Art von Credits verbucht`,
    unexplained_credits: finding => `für ${of(finding)} gab es keinen bekannten Grund`,
    payment_without_credits: finding => `zu einer Zahlung fehlten ${of(finding)}`,
    renewal_missed: () => 'eine Zahlung für deine Mitgliedschaft war nicht verbucht',
    credits_without_payment: finding => `zu ${of(finding)} eines Kaufs gab es keine Zahlung`,
    refund_not_taken: finding => `${of(finding)} einer zurückgegangenen Zahlung waren noch verfügbar`,
    hold_never_settled: finding => `${of(finding)} blieben für eine beendete Generierung reserviert`,
    orphaned_hold: finding => `${of(finding)} blieben für eine beendete Generierung reserviert`,
    wrong_membership_end: () => 'das Ende deiner Mitgliedschaft war falsch',
    lot_differs: finding => `${of(finding)} stimmten nicht mit deinem Verlauf überein`,
    lot_missing: finding => `${of(finding)} aus deinem Verlauf fehlten in deinem Guthaben`,
    sums_differ: () => 'dein Guthaben stimmte nicht mit deinen Credits überein',
    entries_differ: () => 'ein Eintrag deines Verlaufs stimmte nicht mit deinen Credits überein',
    chain_broken: () => 'ein Eintrag unserer Aufzeichnungen war verändert',
    chain_cut: () => 'die letzten Einträge unserer Aufzeichnungen fehlten',
    inconsistency: () => 'unsere Aufzeichnungen widersprechen sich',
  },
}
