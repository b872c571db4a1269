import type { Operation } from '../../shared/api-types.ts'
import { humanize } from '../../shared/format.ts'
import type { View } from '../../shared/live-view.ts'
import { useLocale } from '../../shared/locale.ts'

/** What each tool costs, who may use it, and its free trials. */
export function Costs({ view: { operations, overview } }: { view: View }) {
  const { t, f } = useLocale()
  if (operations.length === 0) return null
  const namesOf = (plans: string[]) => f.list(plans.map(plan => overview.plans[plan] ?? humanize(plan)))
  return (
    <section aria-labelledby="costs-title">
      <h2 id="costs-title">{t.costs}</h2>
      <dl className="costs">
        {operations.map(({ operation, plans, free_trials: trials, ...cost }) => (
          <div key={operation}>
            <dt>{humanize(operation)}</dt>
            <dd>
              <Cost {...cost} />
              {plans && <span className="soft block">{t.cost_plans(namesOf(plans))}</span>}
              {trials?.used != null && (
                <span className="soft block">{t.trials_left(trials.limit - trials.used, trials.limit)}</span>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

type CostOf = Pick<Operation, 'unit' | 'unit_cost' | 'price_range' | 'rates'>

function Cost({ unit, unit_cost, price_range, rates }: CostOf) {
  const { t } = useLocale()
  const one = t.units[unit] ?? humanize(unit).toLowerCase()
  if (rates) return <Rates rates={rates} one={one} />
  if (unit_cost === 0) return t.cost_free
  if (unit_cost !== null) return t.cost(unit_cost, one)
  if (!price_range) return null
  const { minimum, maximum } = price_range
  return maximum === null ? t.cost_from(minimum, one) : t.cost_range(minimum, maximum, one)
}

/** The rates of an operation, a line each. */
function Rates({
  rates: { per_output, meters, options },
  one,
}: {
  rates: NonNullable<Operation['rates']>
  one: string
}) {
  const { t } = useLocale()
  const lines = [
    ...(per_output > 0 ? [t.cost(per_output, one)] : []),
    ...meters.map(({ meter, credits, per }) => t.cost_rate(credits, per, humanize(meter).toLowerCase())),
    ...(options.length > 0 ? [t.cost_by_option] : []),
  ]
  return lines.map(line => (
    <span className="block" key={line}>
      {line}
    </span>
  ))
}
