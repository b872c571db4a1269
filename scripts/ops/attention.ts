import { listAttention } from '../../db/attention/list.ts'
import type { Db } from '../../db/core/command.ts'
import { type Health, readHealth } from '../../db/operations/health.ts'
import { attentionKinds, type AttentionItem as Listed } from '../../domain/attention/kinds.ts'
import { waysOut } from '../../domain/attention/ways-out.ts'
import { formatMoney } from '../../domain/shared/amount.ts'
import { type Policies, promisesOf } from '../../platform/policy-store.ts'
import { type Print, styled } from '../terminal.ts'
import type { Servers } from './servers.ts'

/** Something that needs a person, and how to resolve it. */
export type AttentionItem = { what: string; details: string[] }

const MOST_ITEMS = 500

/** Reads everything that needs a person. */
export async function readAttention({ db }: Pick<Servers, 'db'>, policies: Policies): Promise<AttentionItem[]> {
  return [...(await overdue(db)), ...(await listed(db, policies))]
}

export function printAttention(items: AttentionItem[], print: Print): void {
  for (const { what, details } of items) {
    print(styled('bold', what))
    for (const line of details) print(`   ${line}`)
    print('')
  }
  print(items.length === 0 ? 'No items need attention.' : `${items.length} to resolve; see docs/operations.md.`)
}

async function listed(db: Db, policies: Policies): Promise<AttentionItem[]> {
  const { data } = await listAttention(db, promisesOf(policies), {}, { limit: MOST_ITEMS })
  return data.map(item => ({ what: titleOf(item), details: detailsOf(item) }))
}

function titleOf({ kind, product, account, subject }: Listed): string {
  const whose = account ?? 'no account'
  return `${attentionKinds[kind]}: ${subject.type}/${product}/${subject.id} of ${whose}`
}

function detailsOf(item: Listed): string[] {
  const { detail, amount, currency, since, due_at, product } = item
  const money = amount !== null && currency ? `${formatMoney(amount, currency)}, ` : ''
  return [
    detail,
    `${money}since ${since}, due ${due_at}`,
    ...waysOut(item).map(
      ({ method, path, body }) => `${method} ${path} ${JSON.stringify(body)} with a key of ${product}`,
    ),
  ]
}

const OVERDUE: Partial<Record<Health['what'], string>> = {
  holds_overdue: 'generations of PRODUCT hold credits after their deadline',
  grants_late: 'memberships of PRODUCT have overdue grants',
}

async function overdue(db: Db): Promise<AttentionItem[]> {
  const details = ['Is a worker running? If so: npm run ops -- reconcile']
  return (await readHealth(db, new Date())).flatMap(({ product, what, count }) => {
    const sentence = OVERDUE[what]?.replace('PRODUCT', product)
    return sentence ? [{ what: `${count} ${sentence}`, details }] : []
  })
}
