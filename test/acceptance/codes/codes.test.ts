import { randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { deriveCode, hashOfCode } from '../../../domain/codes/codes.ts'
import type { Answer, Caller } from '../../support/clients/caller.ts'
import { root } from '../../support/root.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { startLotkeeper } from '../../support/servers/lotkeeper.ts'

// Redemption and its limits. Purchase, email and replacement of codes are in myai.test.ts.

const product = 'myai'
let lotkeeper: Lotkeeper
let myai: Caller

beforeAll(async () => {
  lotkeeper = await startLotkeeper()
  myai = lotkeeper.as(product)
})
afterAll(() => lotkeeper?.stop())
beforeEach(() => lotkeeper.db.query('delete from code_attempts'))

const newAccount = async () => {
  const path = `/v1/accounts/${randomUUID()}`
  await myai.put(path, {})
  return path
}

/** Issues a code as a purchase does. */
async function issueCode({ db } = lotkeeper): Promise<string> {
  const purchase = randomUUID()
  const code = deriveCode([{ version: 1, secret: 's' }], 1, { product, purchase, issue: 1 })
  const terms = {
    source: 'purchased',
    credits: 5,
    validity: 'never_expires',
    members_only: false,
    policy_version: 1,
  }
  const row = { product, purchase, issue: 1, secret_version: 1, hash: hashOfCode(code), terms }
  await db.query('select issue_code(now(), $1)', [row])
  return code
}

const redeem = (path: string, code: string, key?: string, caller = myai) =>
  caller.post(`${path}/redemptions`, { code }, key)

const invalid = { status: 404, body: { code: 'code_invalid' } }
const invalidAnswer = { status: 404, fields: { code: 'code_invalid' } }
const tooMany = { status: 429, body: { code: 'too_many_requests' } }

it('a code grants its lot once; a repeated request returns the first answer', async () => {
  const path = await newAccount()
  const code = await issueCode()
  const first = await redeem(path, ` ${code.toLowerCase().replaceAll('-', ' ')}`, 'once')
  expect(first).toMatchObject({ status: 201, body: { granted: 5, source: 'purchased', expires_at: null } })
  expect(first.headers.get('credits-available')).toBe('5')
  const again = await redeem(path, code, 'once')
  expect(again).toMatchObject({ status: 201, body: first.body })
  expect(again.headers.get('idempotent-replayed')).toBe('true')
  expect(await redeem(path, await issueCode(), 'once')).toMatchObject({
    status: 422,
    body: { code: 'idempotency_key_reused' },
  })
  expect(await redeem(path, code)).toMatchObject({ status: 409, body: { code: 'code_already_redeemed' } })
})

it('too many wrong codes block an account for a time, also for valid codes, and no other account', async () => {
  const path = await newAccount()
  const code = await issueCode()
  for (let n = 0; n < 10; n++) expect(await redeem(path, `WRONG-${n}`)).toMatchObject(invalid)
  const refused = await redeem(path, code)
  expect(refused).toMatchObject(tooMany)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(refused.body.retry_after).toBe(Number(refused.headers.get('retry-after')))
  expect(await redeem(await newAccount(), code)).toMatchObject({ status: 201 })
})

it('each of 40 concurrent attempts is counted', async () => {
  const path = await newAccount()
  const answers = await Promise.all(Array.from({ length: 40 }, (_, n) => redeem(path, `WRONG-${n}`)))
  expect(answers.filter(({ status }) => status === 404).length).toBeLessThanOrEqual(10)
  expect(await redeem(path, 'WRONG')).toMatchObject(tooMany)
})

it('too many wrong codes from one address block it for all accounts and for checks', async () => {
  for (let n = 0; n < 6; n++) {
    const path = await newAccount()
    for (let m = 0; m < 10; m++) await redeem(path, `WRONG-${m}`)
  }
  expect(await redeem(await newAccount(), 'WRONG')).toMatchObject(tooMany)
  expect(await myai.post('/v1/codes/check', { code: await issueCode() })).toMatchObject(tooMany)
})

it('a redeemed code does not count as a wrong one', async () => {
  const path = await newAccount()
  const code = await issueCode()
  await redeem(path, code)
  const answers = await Promise.all(Array.from({ length: 30 }, () => redeem(path, code)))
  expect(new Set(answers.map(({ body }) => body.code))).toEqual(new Set(['code_already_redeemed']))
  expect(await redeem(path, 'WRONG')).toMatchObject(invalid)
})

it('a check returns the status of a code and redeems nothing', async () => {
  const path = await newAccount()
  const code = await issueCode()
  const check = (entry: string) => myai.post('/v1/codes/check', { code: entry })
  expect(await check(code)).toMatchObject({ status: 200, body: { status: 'valid' } })
  expect(await redeem(path, code)).toMatchObject({ status: 201 })
  expect(await check(code)).toMatchObject({ status: 200, body: { status: 'redeemed' } })
  expect(await check('')).toMatchObject(invalid)
  expect(await lotkeeper.as(product, 'read').post('/v1/codes/check', { code })).toMatchObject({
    status: 403,
    body: { code: 'scope_required' },
  })
})

it('a code of another product is unknown, and an unknown account redeems nothing', async () => {
  const code = await issueCode()
  const path = `/v1/accounts/${randomUUID()}`
  await lotkeeper.as('kvidai').put(path, {})
  expect(await redeem(path, code, undefined, lotkeeper.as('kvidai'))).toMatchObject(invalid)
  expect(await redeem(path, code)).toMatchObject({ status: 404, body: { code: 'not_found' } })
  expect(await redeem(await newAccount(), code)).toMatchObject({ status: 201 })
})

it('where the policy hides the status of codes, unknown, redeemed and replaced codes get the same answer', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'lotkeeper-policies-'))
  const policy = await readFile(path.join(root, 'policies/myai.yaml'), 'utf8')
  await writeFile(path.join(folder, 'myai.yaml'), policy.replace('hide_state: false', 'hide_state: true'))
  const hidingLotkeeper = await startLotkeeper({ POLICIES_DIR: folder })
  const caller = hidingLotkeeper.as(product)
  await caller.put('/v1/accounts/ada', {})
  const [used, replaced, unused] = [
    await issueCode(hidingLotkeeper),
    await issueCode(hidingLotkeeper),
    await issueCode(hidingLotkeeper),
  ]
  expect(await redeem('/v1/accounts/ada', used, undefined, caller)).toMatchObject({ status: 201 })
  await hidingLotkeeper.db.query(`update codes set state = 'replaced' where code_hash = decode($1, 'hex')`, [
    hashOfCode(replaced),
  ])
  const comparable = async (answer: Promise<Answer>) => {
    const { status, body, headers } = await answer
    const { request_id: _, ...fields } = body
    return { status, fields, headers: [...headers.keys()].sort() }
  }
  const [unknown, ...known] = ['WRONG-CODE', used, replaced]
  const refused = await comparable(redeem('/v1/accounts/ada', unknown ?? '', undefined, caller))
  const checked = await comparable(caller.post('/v1/codes/check', { code: unknown }))
  expect(refused).toMatchObject(invalidAnswer)
  for (const code of known) {
    expect(await comparable(redeem('/v1/accounts/ada', code, undefined, caller))).toEqual(refused)
    expect(await comparable(caller.post('/v1/codes/check', { code }))).toEqual(checked)
  }
  for (let n = 0; n < 20; n++) await redeem('/v1/accounts/ada', used, undefined, caller)
  expect(await caller.post('/v1/codes/check', { code: unused })).toMatchObject({ body: { status: 'valid' } })
  expect(await redeem('/v1/accounts/ada', unused, undefined, caller)).toMatchObject({ status: 201 })
  await hidingLotkeeper.stop()
  await rm(folder, { recursive: true })
})
