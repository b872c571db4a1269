import type { Refusals } from './en.ts'

export const refusals: Refusals = (f, credits) => {
  const plural = (n: number, one: string, other: string) => f.plural(n, { one, other })
  return {
    insufficient_credits: ({ required = 0, available = 0 }) =>
      `Das kostet ${credits(required)}; verfügbar ${plural(available, 'war', 'waren')} ${f.number(available)}.`,
    daily_limit_reached: ({ limit = 0, used = 0, required = 0, resets_at = '', waiting_helps }) =>
      required > limit && !waiting_helps
        ? `Das kostet ${credits(required)}, mehr als die ${f.number(limit)}, die ein ganzer Tag erlaubt. Warten hilft nicht: Fordere weniger auf einmal an, wähle einen größeren Tarif oder frage den Support.`
        : required > limit
          ? `Das kostet ${credits(required)}, mehr als die ${f.number(limit)}, die ein Tag erlaubt. Einmal am Tag ist es möglich, bevor andere Credits verbraucht werden. Der Tag endet ${f.moment(resets_at)}.`
          : `Das kostet ${credits(required)}; von ${f.number(limit)} am Tag waren ${f.number(used)} verbraucht. Das Limit beginnt neu: ${f.moment(resets_at)}.`,
    fair_use_reached: ({ limit = 0, resets_at = '' }) =>
      `Die Fair-Use-Grenze von ${credits(limit)} im Monat ist erreicht. Sie beginnt neu: ${f.moment(resets_at)}.`,
    concurrency_limit_reached: ({ limit = 0 }) =>
      `${plural(limit, 'Eine Generierung lief', `${f.number(limit)} Generierungen liefen`)} gerade, mehr erlaubt dein Tarif nicht gleichzeitig.`,
    trial_exhausted: () =>
      'Die kostenlosen Versuche für dieses Werkzeug sind verbraucht. Mit einer Mitgliedschaft geht es weiter.',
    account_closed: () => 'Das Konto ist geschlossen.',
  }
}
