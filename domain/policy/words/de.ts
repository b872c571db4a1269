import { formatMoney } from '../../shared/amount.ts'
import type { Words } from './en.ts'

const SOURCES: Record<string, string> = {
  promotional: 'Aktion',
  membership: 'Mitgliedschaft',
  subscription: 'Abo',
  purchased: 'gekauft',
  trial: 'Probezeit',
  monthly: 'monatlich',
  bonus: 'Bonus',
  launch: 'Start',
}
const UNITS: Record<string, string> = {
  image: 'Bild',
  photo: 'Foto',
  video: 'Video',
  model: 'Modell',
  text: 'Text',
  output: 'Ergebnis',
}
const CAUSES: Record<string, string> = {
  'technical-failure': 'technische Fehler',
  'poor-quality': 'schlechte Qualität',
  'platform-bug': 'Fehler der Plattform',
  'wrong-deduction': 'falsche Abzüge',
  downtime: 'Ausfälle',
  'account-issue': 'Probleme mit dem Konto',
}
const PERIODS: Record<string, [one: string, many: string]> = {
  Y: ['Jahr', 'Jahre'],
  M: ['Monat', 'Monate'],
  W: ['Woche', 'Wochen'],
  D: ['Tag', 'Tage'],
}

const list = (parts: string[]) => parts.join(', ').replace(/, (?!.*, )/, ' und ')
const source = (name: string) => SOURCES[name] ?? name
const unit = (name: string) => UNITS[name] ?? name
const credits = (n: number) => `${n} ${n === 1 ? 'Credit' : 'Credits'}`
const either = (n: number | null, words: string) => (n === null ? `beliebig viele ${words}` : `${n} ${words}`)
const duration = (iso: string) =>
  list(
    [...iso.matchAll(/(\d+)([YMWD])/g)].map(([, n, each = '']) => `${n} ${PERIODS[each]?.[Number(n) === 1 ? 0 : 1]}`),
  )

function minutesOrHours(minutes: number): string {
  return minutes % 60 === 0
    ? `${minutes / 60} ${minutes === 60 ? 'Stunde' : 'Stunden'}`
    : `${minutes} ${minutes === 1 ? 'Minute' : 'Minuten'}`
}

export const de: Words = {
  list,
  money: (amount, currency) => formatMoney(amount, currency, 'de'),
  credits: (n, from) => `${credits(n)} (${source(from)})`,
  creditsPerSlot: (n, from) => `${credits(n)} je Platz (${source(from)})`,
  undecided: from => `noch nicht festgelegte Credits (${source(from)})`,
  undecidedPerSlot: from => `noch nicht festgelegte Credits je Platz (${source(from)})`,

  added: line => `neu: ${line}`,
  removed: line => `entfällt: ${line}`,
  before: line => `bisher: ${line}`,
  after: line => `künftig: ${line}`,
  sections: {
    plans: {
      who: 'Mitglieder, die nach der Veröffentlichung beitreten oder Tarif oder Plätze wechseln',
      keeps: 'Laufende Mitgliedschaften behalten ihre Bedingungen, bis sie Tarif oder Plätze wechseln.',
    },
    validity: {
      who: 'Credits, die nach der Veröffentlichung gutgeschrieben werden',
      keeps: 'Vorhandene Credits behalten ihre Gültigkeit.',
    },
    order: {
      who: 'Verbrauchsreihenfolge der Credits, die nach der Veröffentlichung gutgeschrieben werden',
      keeps: 'Vorhandene Credits behalten ihren Platz in der Reihenfolge.',
    },
    packs: {
      who: 'Pakete, die nach der Veröffentlichung gekauft werden',
      keeps: 'Frühere Käufe behalten Menge, Preis und Gültigkeit.',
    },
    refunds: {
      who: 'Erstattungen von Käufen nach der Veröffentlichung',
      keeps: 'Frühere Käufe behalten ihre Erstattungsbedingungen.',
    },
    operations: {
      who: 'Generierungen, die nach der Veröffentlichung angefragt werden',
      keeps: 'Offene Generierungen behalten ihren Preis.',
    },
    spending: { who: 'Verbrauch nach der Veröffentlichung', keeps: null },
    limits: { who: 'Alle Konten nach der Veröffentlichung', keeps: 'Der Verbrauch des Tages zählt weiter.' },
    gifts: { who: 'Gutschriften nach der Veröffentlichung', keeps: 'Frühere Gutschriften bleiben.' },
  },

  freeTrials: (operations, n) =>
    `Konten, die nie Mitglied waren, können ${list(operations)} ${operations.length > 1 ? 'je ' : ''}${n}-mal kostenlos nutzen.`,
  membersSpend: 'Nur Mitglieder können Credits nutzen, auch in der Probezeit.',
  everyoneSpends: 'Konten können Credits mit und ohne Mitgliedschaft nutzen.',

  eachAnniversary: text => `${text} beim Beitritt und an diesem Tag jedes Monats`,
  eachMonthOn: (text, day) => `${text} beim Beitritt und am ${day}. jedes Monats`,
  fairUse: n => `unbegrenzt, bei fairer Nutzung bis ${n} Credits im Monat`,
  noneIncluded: 'keine Credits enthalten',
  forLife: 'auf Lebenszeit, ohne Zahlung',
  paidBy: { P1M: 'monatlich bezahlt', P1Y: 'jährlich bezahlt' },
  slotPrice: price => `${price} je Platz`,
  grace: iso => `Zahlungsfrist: ${duration(iso)}`,
  trial: (iso, n, from, per) =>
    `Probezeit (${duration(iso)}): sofort ${credits(n)} (${source(from)}), einmal je ${per === 'account' ? 'Konto' : 'Mitgliedschaft'}`,
  launchOfPlan: (text, per) => `${text} zum Start, ${per === 'month' ? 'einmal im Monat' : 'einmal'}`,
  refundsOfPlans: {
    revoke_unused:
      'Geht eine Zahlung zurück, werden die unbenutzten Credits ihrer Monate anteilig zurückgenommen; benutzte bleiben.',
    keep: 'Geht eine Zahlung zurück, bleiben die Credits ihrer Monate.',
  },

  launch: (from, iso, of) => `Zum Start, ${from}, Dauer ${duration(iso)}: Credits (${source(of)}).`,
  compensated: (causes, bonus) =>
    `Für ${list(causes.map(each => CAUSES[each] ?? each))}: Verlorene Credits werden ersetzt, ${bonus}.`,
  noBonus: 'ohne Bonus',
  bonus: (n, most, of) => `dazu das ${n}-Fache als Credits (${source(of)}), höchstens das ${most}-Fache`,
  approvedAbove: n => `Entschädigungen über ${n} Credits brauchen eine Genehmigung.`,
  auditBonus: (n, of) => `Für eine Prüfung, die fehlende Credits findet: ${credits(n)} (${source(of)}).`,
  campaigns: sources => `Aktionen können Credits geben (${list(sources.map(source))}), einmal je Konto.`,

  free: 'kostenlos',
  costs: (n, of) => `${credits(n)} je ${unit(of)}`,
  costsBetween: (least, most, of) =>
    `${most === null ? `ab ${least}` : `${least} bis ${most}`} Credits je ${unit(of)}, vom Dienst angegeben`,
  rateOfOutput: (n, unit) => `${n} ${n === 1 ? 'Credit' : 'Credits'} pro ${unit}`,
  rateOfOption: (option, value, n) => `${option} ${value}: ${n} mehr pro Ergebnis`,
  factorOfOption: (option, value, factor) => `${option} ${value}: mal ${factor}`,
  rateOfMeter: (n, per, meter, included) =>
    `${n} ${n === 1 ? 'Credit' : 'Credits'} pro ${per.toLocaleString('de')} ${meter}${included > 0 ? ` über ${included.toLocaleString('de')} hinaus` : ''}`,
  atLeast: n => `mindestens ${n} ${n === 1 ? 'Credit' : 'Credits'}`,
  atMost: n => `höchstens ${n} ${n === 1 ? 'Credit' : 'Credits'}`,
  rounding: { up: 'aufgerundet', carry: 'Bruchteile eines Credits zählen bei der nächsten Generierung' },
  typically: (usage, n) =>
    `eine typische Anfrage (${usage.map(([meter, quantity]) => `${quantity.toLocaleString('de')} ${meter}`).join(', ')}) kostet höchstens ${n} ${n === 1 ? 'Credit' : 'Credits'}`,
  costStated: 'berechnet werden die Kosten, die der Dienst am Ende angibt',
  excess: {
    reject: 'nie mehr als reserviert; höhere Kosten werden abgelehnt',
    cap: 'nie mehr als reserviert',
    draw: 'was darüber hinausgeht, kommt aus den verfügbaren Credits',
  },
  shortfall: { cap: 'was fehlt, wird erlassen', debt: 'was fehlt, wird zur Schuld' },
  holdsAtMost: n => `eine Anfrage reserviert höchstens ${n} ${n === 1 ? 'Credit' : 'Credits'}`,
  reportedCharged: 'zur Frist wird der gemeldete Verbrauch berechnet',
  lateCharged: minutes => `Ergebnisse werden bis ${minutesOrHours(minutes)} nach der Frist berechnet`,
  extendable: minutes => `die Frist lässt sich bis ${minutesOrHours(minutes)} nach der Reservierung verlängern`,
  outputs: (normally, most) => `Ergebnisse: normal ${normally}, höchstens ${most}`,
  needs: options => `braucht ${list(options)}`,
  optionNeeds: (option, others) => `${option} braucht ${list(others)}`,
  onlyFor: plans => `nur für ${list(plans)}`,

  byExpiry: 'die Credits, die am frühesten verfallen; unbefristete zuletzt',
  bySource: sources => `in dieser Reihenfolge: ${sources.map(source).join(', dann ')}`,
  byAge: 'die älteren Credits',
  first: criterion => `Zuerst ${criterion}.`,
  ifEqual: criteria => `Bei Gleichstand ${criteria.join('; dann ')}.`,

  validity: (of, life) => `Credits (${source(of)}): ${life}.`,
  neverExpires: 'verfallen nie',
  untilNextGrant: 'verfallen mit der nächsten Gutschrift',
  statedByGrant: 'verfallen, wie es ihre Gutschrift sagt',
  expiresAfter: iso => `gültig ab der Gutschrift: ${duration(iso)}`,
  frozen: life => `${life}; ohne Mitgliedschaft eingefroren`,

  allAccounts: 'Alle Konten',
  noLimit: 'keine eigenen Grenzen',
  creditsADay: n => either(n, 'Credits am Tag (UTC)'),
  oneAbove: 'darüber ein Ergebnis, wenn es das erste des Tages ist',
  atOnce: n => either(n, 'Generierungen gleichzeitig'),
  perMinute: n => either(n, 'Anfragen in der Minute'),
  priority: n => `Priorität ${n} von 5`,

  sold: (text, price) => `${text} für ${price}`,
  random: (from, to, of) => `${from} bis ${to} Credits nach Zufall (${source(of)})`,
  percentOff: percent => `${percent} % Rabatt`,
  percentFrom: (percent, from) => `${percent} % Rabatt ab ${from} Paketen`,
  quantities: all => `${all.join(', ')} auf einmal`,
  withoutExpiry: 'ohne Verfall',
  validFor: iso => `gültig: ${duration(iso)}`,
  quantityFor: (quantity, iso) => `${quantity}: ${duration(iso)} gültig`,
  asCode: 'als Einlösecode',
  members: 'Mitglieder',
  certainAccounts: 'bestimmte Konten',
  neverRefunded: 'Käufe werden nicht erstattet.',
  refunded: (iso, what) =>
    `Erstattung nach dem Kauf (Frist: ${duration(iso)}): ${what === 'unused_part' ? 'unbenutzte Credits anteilig' : 'wenn keine Credits benutzt wurden'}.`,
}
