import { accountKey } from '../../../db/accounts/account-key.ts'
import { verify } from '../../../db/ledger/verify.ts'
import { runAudit } from '../../support/clients/run-audit.ts'
import { createTestAccount } from '../../support/clients/test-account.ts'
import { corruptLedger } from '../../support/database/corrupt-ledger.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { useSharedLotkeeper } from '../../support/servers/shared-lotkeeper.ts'

let lotkeeper: Lotkeeper

beforeAll(async () => {
  lotkeeper = await useSharedLotkeeper()
})
afterAll(() => lotkeeper?.stop())

const FEB = `granted_at = '2027-02-15T00:00:00Z'`
const ofFeb = `(select lot_id from lots where account_key = $1 and ${FEB})`
const grantStatement = (key: string, origin: string) => `
  select finish_command(r.acc, '${key}', '', '2027-02-16T00:00:00Z', r.result)
  from begin_command($1, '${key}', '', false) c, grant_lot(c.acc, '${key}', '2027-02-16T00:00:00Z', jsonb_build_object('source', 'monthly', 'amount', 40,
    'expires_at', null, 'members_only', false, 'spend_key', '9999', 'origin', ${origin}, 'reason', 'x', 'terms', '{}'::jsonb)) r`

/** Changes to a freelancer's account on 20 February 2027, after it spent 25 of its 500 credits. */
const errors: [name: string, statements: string[], findings: string[], available: number][] = [
  ['nothing', [`update accounts set email = null where account_key = $1`], [], 475],
  [
    'a deleted lot whose entries exist',
    [`delete from lots where account_key = $1 and ${FEB}`, `update accounts set available = 0 where account_key = $1`],
    ['lot_missing 475', 'sums_differ 475'],
    475,
  ],
  [
    'a changed entry of a grant: the lot counts',
    [`update entries set amount = 900 where account_key = $1 and lot_id = ${ofFeb} and from_state = 'issued'`],
    ['chain_broken 0', 'entries_differ 400'],
    475,
  ],
  [
    'a changed entry of spent credits',
    [`update entries set amount = 5 where account_key = $1 and lot_id = ${ofFeb} and to_state = 'spent'`],
    ['chain_broken 0', 'entries_differ 0', 'inconsistency 0'],
    475,
  ],
  [
    'a deleted entry in the middle',
    [`delete from entries where account_key = $1 and lot_id = ${ofFeb} and from_state = 'issued'`],
    ['chain_broken 0', 'entries_differ 500'],
    475,
  ],
  [
    'deleted last entries, and the lot without their effect',
    [
      `delete from entries where account_key = $1 and lot_id = ${ofFeb} and to_state = 'spent'`,
      `update lots set spent = 0, available = 500 where account_key = $1 and ${FEB}`,
    ],
    ['chain_cut 0', 'lot_differs 25', 'sums_differ 0', 'orphaned_hold 25', 'inconsistency 0'],
    475,
  ],
  [
    'an inserted lot without entries',
    [
      `insert into lots (account_key, source, granted, available, granted_at, expires_at, members_only, spend_key,
         origin_type, origin_id, terms)
       select account_key, source, 90, 90, '2027-02-17T00:00:00Z', null, false, spend_key, 'gift', 'x', terms
       from lots where account_key = $1 and ${FEB}`,
    ],
    ['entries_differ 90', 'unexplained_credits 90'],
    475,
  ],
  [
    'a grant without its idempotency record',
    [
      grantStatement('from nowhere', `'{"type": "gift", "id": "x"}'::jsonb`),
      `delete from idempotency_records where account_key = $1 and operation_key = 'from nowhere'`,
    ],
    ['unexplained_credits 40'],
    475,
  ],
  [
    'a lot that expired too early, with entries',
    [
      `update lots set expires_at = '2027-02-18T00:00:00Z' where account_key = $1 and ${FEB}`,
      `select expire($1, '2027-02-20T00:00:00Z')`,
    ],
    ['wrong_expiry 475'],
    475,
  ],
  [
    'a lot that should have expired',
    [
      `update lots set expires_at = null, expired = 0, available = expired
       where account_key = $1 and granted_at = '2027-01-15T00:00:00Z'`,
    ],
    ['lot_differs 500'],
    475,
  ],
  [
    'a lot with a wrong source',
    [`update lots set source = 'bonus' where account_key = $1 and ${FEB}`],
    ['wrong_source 475'],
    475,
  ],
  [
    'a month with too many credits',
    [
      `update lots set granted = 700, available = 675 where account_key = $1 and ${FEB}`,
      `update entries set amount = 700 where account_key = $1 and lot_id = ${ofFeb} and from_state = 'issued'`,
      'update accounts set available = 675 where account_key = $1',
    ],
    ['chain_broken 0', 'wrong_amount 200'],
    475,
  ],
  [
    'a due month that was not granted',
    [
      `update test_clocks set now_at = '2027-03-16T00:00:00Z'
       where id = (select test_clock from accounts where account_key = $1)`,
    ],
    ['grant_overdue 500'],
    500,
  ],
  [
    'a membership end that is too early',
    [`update accounts set member_until = '2027-02-01T00:00:00Z' where account_key = $1`],
    ['wrong_membership_end 0'],
    475,
  ],
  [
    'a wrong debt and a wrong number of open holds',
    ['update accounts set debt = 9, open_holds = 3 where account_key = $1'],
    ['sums_differ 0'],
    475,
  ],
]

it.each(errors)('an audit finds and repairs %s', async (_name, statements, findings, available) => {
  const branding = lotkeeper.as('branding')
  const account = await createTestAccount(branding, '2027-01-15T00:00:00.000Z')
  await account.join({ plan: 'freelancer', paid_through: '2027-06-15T00:00:00Z' })
  await account.advance('2027-02-20T00:00:00.000Z')
  await branding.post(`${account.path}/charges`, { operation: 'standard-video' })
  const key = accountKey('branding', account.path.split('/').at(-1) ?? '')
  await corruptLedger(lotkeeper.db, key, ...statements)
  const { body } = await runAudit(branding, account.path)
  const open = body.findings.filter((finding: { repaired: boolean }) => !finding.repaired)
  expect(body.findings.map(({ kind, credits }: any) => `${kind} ${credits}`)).toEqual(findings)
  expect(open).toEqual([])
  expect(await verify(lotkeeper.db, key)).toEqual([])
  expect(await account.balance()).toMatchObject({ available: available + body.bonus, held: 0 })
  expect((await runAudit(branding, account.path)).body.findings).toEqual([])
  await account.advance('2027-03-20T00:00:00.000Z')
  expect((await runAudit(branding, account.path)).body.findings).toEqual([])
})

it('the unspent credits of a purchase with a wrong expiry are granted again with the right one', async () => {
  const branding = lotkeeper.as('branding')
  const account = await createTestAccount(branding, '2027-01-15T00:00:00.000Z')
  const { body: bought } = await branding.post(`${account.path}/purchases`, {
    provider: 'manual',
    pack: 'boost-100',
  })
  await branding.post(`/v1/purchases/${bought.id}/payment`, { reference: 'a receipt' })
  await branding.post(`${account.path}/charges`, { operation: 'standard-video' })
  const key = accountKey('branding', account.path.split('/').at(-1) ?? '')
  const sooner = `update lots set expires_at = '2027-03-01T00:00:00Z' where account_key = $1`
  await corruptLedger(lotkeeper.db, key, sooner)
  const { body } = await runAudit(branding, account.path)
  expect(body.corrections).toMatchObject([{ kind: 'wrong_expiry', credits: 75 }])
  expect(await verify(lotkeeper.db, key)).toEqual([])
  expect((await account.lots()).slice(0, 2)).toEqual([
    '100 purchased 2027-01-15 → 2027-03-01',
    '75 purchased 2027-01-15 → never',
  ])
  await account.advance('2027-06-01T00:00:00.000Z')
  expect(await account.balance()).toMatchObject({ available: 75 + 50 })
  expect((await runAudit(branding, account.path)).body.findings).toEqual([])
})
