import { randomUUID } from 'node:crypto'
import { caller } from '../support/clients/caller.ts'
import { openPortal } from '../support/clients/portal.ts'
import { type LotkeeperWithGumroad, startLotkeeperWithGumroad } from '../support/stand-ins/lotkeeper-with-gumroad.ts'

let run: LotkeeperWithGumroad

beforeAll(async () => {
  run = await startLotkeeperWithGumroad()
})
afterAll(() => run?.stop())
beforeEach(() => run.lotkeeper.db.query('delete from code_attempts'))

/** The movements of an account in short, oldest first. */
const entriesOf = async (path: string) =>
  run
    .ok(await run.myai.get(`${path}/entries?limit=100`))
    .data.reverse()
    .map((e: Record<string, string>) => `${e.amount} ${e.source}: ${e.from} → ${e.to}`)

it('MY-01 one balance on every platform; each has its own key, and the history says which used what', async () => {
  const platform = async (name: string) => {
    const { key } = run.ok(await run.myai.post('/v1/keys', { name, scope: 'generate' }))
    return caller(run.lotkeeper.url, key)
  }
  const [portraits, pets, art] = [await platform('portraits'), await platform('pets'), await platform('art')]
  const { path } = await run.account()
  const { email } = await run.buy('popular', 899)
  expect(await portraits.post(`${path}/redemptions`, { code: await run.emailedCode(email) })).toMatchObject({
    status: 201,
  })
  const spend = (by: typeof pets, operation: string, outputs: number) =>
    by.post(`${path}/charges`, { operation, outputs })
  expect(await spend(portraits, 'portrait', 3)).toMatchObject({ status: 201, body: { cost: 3 } })
  expect(await spend(pets, 'fantasy-pet', 2)).toMatchObject({ status: 201, body: { cost: 2 } })
  expect(await spend(art, 'concept-art', 1)).toMatchObject({ status: 201, body: { cost: 2 } })
  expect(await run.available(path)).toBe(3)
  expect(run.ok(await run.myai.get(`${path}/usage?group_by=api_key`)).data).toEqual([
    { group: 'art', spent: 2, refunded: 0, count: 1 },
    { group: 'pets', spent: 2, refunded: 0, count: 1 },
    { group: 'portraits', spent: 3, refunded: 0, count: 1 },
  ])
  const { data } = run.ok(await run.myai.get(`${path}/entries?operation=fantasy-pet`))
  expect(data[0]).toMatchObject({ api_key: 'pets', to: 'spent', amount: 2 })
})

it('MY-02 six packs; the credits of a Surprise Pack are picked once, within bounds, and recorded before they are shown', async () => {
  const { name } = await run.account()
  const { data } = run.ok(await run.myai.get(`/v1/packs?account=${name}`))
  expect(data.map((pack: Record<string, unknown>) => [pack.id, pack.credits])).toEqual([
    ['starter', 5],
    ['popular', 10],
    ['pro', 25],
    ['power', 40],
    ['lifetime', 500],
    ['surprise', null],
  ])
  const { bought, id, email, path, sale } = await run.buy('surprise', 999)
  expect(bought).toMatchObject({ credits: null, amount: 999 })
  const { rows } = await run.lotkeeper.db.query(
    `select (status->>'credits')::int as drawn, terms->>'credits' as in_code from purchases join codes using (purchase)
     where purchase = $1`,
    [id],
  )
  const [{ drawn, in_code }] = rows
  expect(drawn).toBeGreaterThanOrEqual(5)
  expect(drawn).toBeLessThanOrEqual(30)
  expect(in_code).toBe(String(drawn))
  await run.ping(sale)
  expect((await run.purchase(id)).credits).toBe(drawn)
  await run.redeem(path, await run.emailedCode(email))
  expect(await run.available(path)).toBe(drawn)
  expect(await entriesOf(path)).toEqual([`${drawn} purchased: issued → available`])
})

it('MY-03 customers pay at Gumroad, so no card data is processed', async () => {
  const buyer = await run.account()
  const bought = run.ok(await run.myai.post(`${buyer.path}/purchases`, { pack: 'pro', quantity: 2 }))
  expect(bought).toMatchObject({
    provider: 'gumroad',
    state: 'awaiting_payment',
    amount: 3998,
    currency: 'USD',
    checkout_url: `https://myai.gumroad.com/l/pro?wanted=true&quantity=2&purchase=${bought.id}`,
  })
  const sale = run.gumroad.sell('pro', buyer.email, 3998, { quantity: 2 })
  await run.ping(sale, { 'url_params[purchase]': bought.id })
  expect(await run.purchase(bought.id)).toMatchObject({ state: 'fulfilled', credits: 50 })
  expect(await entriesOf(buyer.path)).toEqual([])
})

it('MY-04 an email holds a hyphenated code, and redeeming it on any platform adds the credits', async () => {
  const one = await run.buy('starter', 499)
  const other = await run.buy('starter', 499)
  const codes = [await run.emailedCode(one.email), await run.emailedCode(other.email)]
  expect(codes[0]).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5}){3}$/)
  expect(codes[1]).not.toBe(codes[0])
  expect(await run.available(one.path)).toBe(0)
  for (const code of codes) expect(await run.redeem(one.path, code)).toMatchObject({ status: 201 })
  expect(await entriesOf(one.path)).toEqual(['5 purchased: issued → available', '5 purchased: issued → available'])
  expect(await run.purchase(one.id)).toMatchObject({
    code: { status: 'redeemed' },
    lots: [{ granted: 5, origin: { type: 'purchase', id: one.id } }],
  })
})

it('MY-14 a product without plans tells its page so', async () => {
  const { path } = await run.account()
  const { request } = await openPortal(run.lotkeeper, run.myai, path)
  expect((await request('/overview')).body).toMatchObject({ plans: {} })
})

it('MY-05 credits never expire', async () => {
  const { body: clock } = await run.myai.post('/v1/test-clocks', { now: '2027-01-01T00:00:00Z' })
  const { path } = await run.account({ test_clock: clock.id })
  const { email } = await run.buy('starter', 499)
  expect(await run.redeem(path, await run.emailedCode(email))).toMatchObject({ body: { expires_at: null } })
  run.ok(await run.myai.post(`/v1/test-clocks/${clock.id}/advance`, { to: '2047-01-01T00:00:00Z' }))
  expect(run.ok(await run.myai.get(`${path}/balance`))).toMatchObject({ available: 5, next_expiry: null })
  expect(await entriesOf(path)).toEqual(['5 purchased: issued → available'])
})

it('MY-06 a code is redeemed once under concurrent requests; case, spaces and hyphens do not matter', async () => {
  const { email } = await run.buy('starter', 499)
  const code = await run.emailedCode(email)
  const accounts = await Promise.all(Array.from({ length: 20 }, () => run.account()))
  const spellings = [
    code,
    code.toLowerCase(),
    code.replaceAll('-', ''),
    ` ${code.replaceAll('-', ' ')} `,
    code.replaceAll('0', 'O').replaceAll('1', 'l'),
  ]
  const attempts = Array.from({ length: 200 }, (_, n) =>
    run.redeem(accounts[n % 20]?.path ?? '', spellings[n % 5] ?? ''),
  )
  const answers = await Promise.all(attempts)
  const refused = answers.filter(({ status }) => status !== 201)
  expect(refused).toHaveLength(199)
  expect(new Set(refused.map(({ status, body }) => `${status} ${body.code}`))).toEqual(
    new Set(['409 code_already_redeemed']),
  )
  const balances = await Promise.all(accounts.map(({ path }) => run.available(path)))
  expect(balances.reduce((sum, n) => sum + n, 0)).toBe(5)
  const moved = await Promise.all(accounts.map(({ path }) => entriesOf(path)))
  expect(moved.flat()).toEqual(['5 purchased: issued → available'])
})

it('MY-06 other text is no code, and attempts are limited', async () => {
  const { email } = await run.buy('starter', 499)
  const code = await run.emailedCode(email)
  const { path } = await run.account()
  const wrong = `${code.slice(0, -1)}${code.endsWith('Z') ? 'Y' : 'Z'}`
  for (const entry of [
    wrong,
    code.slice(1),
    `${code}X`,
    'gift',
    '',
    ' ',
    '🎁',
    code.replaceAll('-', '/'),
    wrong,
    wrong,
  ])
    expect(await run.redeem(path, entry)).toMatchObject({ status: 404, body: { code: 'code_invalid' } })
  const refused = await run.redeem(path, wrong)
  expect(refused).toMatchObject({ status: 429, body: { code: 'too_many_requests' } })
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(await run.redeem((await run.account()).path, code)).toMatchObject({ status: 201 })
})

it('BR-22 a purchase shows order number and payment reference; support finds it by either, by address and by code', async () => {
  const gift_to = `gift-${randomUUID()}@example.org`
  const { id, email, name } = await run.buy('popular', 899, { gift_to })
  const support = run.lotkeeper.as('myai', 'support')
  const found = async (clue: object) => {
    const { status, body } = await support.post('/v1/purchases/search', clue)
    return { status, ids: body.data?.map((purchase: { id: string }) => purchase.id) }
  }
  const { payment_reference } = await run.purchase(id)
  expect(payment_reference).toEqual(expect.any(String))
  const code = await run.emailedCode(gift_to)
  const clues = [
    { reference: id },
    { reference: payment_reference },
    { email: email.toUpperCase() },
    { email: gift_to },
  ]
  for (const clue of [...clues, { code }, { code: code.toLowerCase() }])
    expect(await found(clue)).toEqual({ status: 200, ids: [id] })
  run.ok(await run.myai.put(`/v1/accounts/${name}`, { email: `own-${email}` }))
  expect(await found({ email: `own-${email}` })).toEqual({ status: 200, ids: [id] })
  for (const clue of [{ reference: 'unknown' }, { email: 'unknown@example.org' }, { code: 'unknown' }])
    expect(await found(clue)).toEqual({ status: 200, ids: [] })
  for (const clue of [{}, { reference: id, code }]) expect(await found(clue)).toMatchObject({ status: 422 })
  expect(await run.lotkeeper.as('kvidai', 'support').post('/v1/purchases/search', { email })).toMatchObject({
    body: { data: [] },
  })
  expect(await run.lotkeeper.as('myai', 'manage').post('/v1/purchases/search', { email })).toMatchObject({
    status: 403,
    body: { code: 'scope_required' },
  })
})

it('MY-07 support resends a lost code unchanged, once per request', async () => {
  const { id, email } = await run.buy('starter', 499)
  const code = await run.emailedCode(email)
  const resend = (key: string) => run.myai.post(`/v1/purchases/${id}/code/resend`, {}, key)
  expect(await resend('ask-1')).toMatchObject({ status: 200, body: { code: { status: 'valid', issue: 1 } } })
  await resend('ask-1')
  expect(await run.emails(email, 2)).toHaveLength(2)
  await resend('ask-2')
  expect(await run.emailedCode(email, 3)).toBe(code)
  expect(await run.lotkeeper.as('myai', 'manage').post(`/v1/purchases/${id}/code/resend`)).toMatchObject({
    status: 403,
    body: { code: 'scope_required' },
  })
})

it('MY-07 support replaces a code, also to another address; the old code is invalid at once', async () => {
  const { id, email } = await run.buy('starter', 499)
  const old = await run.emailedCode(email)
  const elsewhere = `other-${email}`
  const replaced = await run.myai.post(`/v1/purchases/${id}/code/replace`, { email: elsewhere })
  expect(replaced).toMatchObject({ status: 200, body: { code: { status: 'valid', issue: 2 } } })
  const { path } = await run.account()
  expect(await run.redeem(path, old)).toMatchObject({ status: 409, body: { code: 'code_replaced' } })
  const code = await run.emailedCode(elsewhere)
  expect((await run.emails(elsewhere, 1))[0]?.text).toMatch(/no longer works/)
  expect(await run.redeem(path, code)).toMatchObject({ status: 201 })
  expect(await entriesOf(path)).toEqual(['5 purchased: issued → available'])
  expect(await run.emails(email)).toHaveLength(1)
  for (const what of ['resend', 'replace'])
    expect(await run.myai.post(`/v1/purchases/${id}/code/${what}`)).toMatchObject({
      status: 409,
      body: { code: 'code_already_redeemed' },
    })
  expect((await run.purchase(id)).timeline.map(({ what }: { what: string }) => what)).toEqual([
    'ordered',
    'checkout_ready',
    'paid',
    'code_issued',
    'code_sent',
    'code_replaced',
    'code_sent',
  ])
})
