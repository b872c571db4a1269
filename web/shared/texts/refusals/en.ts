import type { Refusal } from '../../api-types.ts'
import type { Format } from '../../format.ts'

/** Why a generation was refused, by the code of the error. */
export type Refusals = (f: Format, credits: (n: number) => string) => Record<string, (refusal: Refusal) => string>

export const refusals: Refusals = (f, credits) => {
  const plural = (n: number, one: string, other: string) => f.plural(n, { one, other })
  return {
    insufficient_credits: ({ required = 0, available = 0 }) =>
      `It costs ${credits(required)}; ${f.number(available)} ${plural(available, 'was', 'were')} available.`,
    daily_limit_reached: ({ limit = 0, used = 0, required = 0, resets_at = '', waiting_helps }) =>
      required > limit && !waiting_helps
        ? `It costs ${credits(required)}, more than the ${f.number(limit)} that a whole day allows. Waiting does not help: request fewer at once, choose a larger plan, or ask support.`
        : required > limit
          ? `It costs ${credits(required)}, more than the ${f.number(limit)} that a day allows. It is accepted once a day, before other credits are used. The day ends ${f.moment(resets_at)}.`
          : `It costs ${credits(required)}; ${f.number(used)} of the ${f.number(limit)} that a day allows were used. The limit resets ${f.moment(resets_at)}.`,
    fair_use_reached: ({ limit = 0, resets_at = '' }) =>
      `The fair use of ${credits(limit)} a month is reached. It resets ${f.moment(resets_at)}.`,
    concurrency_limit_reached: ({ limit = 0 }) =>
      `${f.number(limit)} ${plural(limit, 'generation was', 'generations were')} in progress, as many as your plan allows at once.`,
    trial_exhausted: () => 'The free trials of this tool are used up. Continue with a membership.',
    account_closed: () => 'The account is closed.',
  }
}
