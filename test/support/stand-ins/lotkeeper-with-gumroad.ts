import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Logger } from 'pino'
import type { Answer } from '../clients/caller.ts'
import { startLotkeeper } from '../servers/lotkeeper.ts'
import { codeFromEmail, waitForEmails } from './emails.ts'
import { sendPing, startGumroadStandIn } from './gumroad.ts'

export const SECRET = 'ping-secret-of-the-tests'

/** A Lotkeeper with a stand-in for Gumroad and emails as files, for the product that sells codes. */
export async function startLotkeeperWithGumroad(settings: NodeJS.ProcessEnv = {}, logger?: Logger) {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'lotkeeper-codes-'))
  const gumroad = await startGumroadStandIn()
  const lotkeeper = await startLotkeeper(
    {
      LOTKEEPER_DATA_DIR: dataDir,
      SERVER_SECRETS: '1:the-secret-of-these-tests',
      GUMROAD_TOKEN: gumroad.token,
      GUMROAD_API_BASE: gumroad.url,
      GUMROAD_WEBHOOK_SECRET: SECRET,
      ...settings,
    },
    { logger },
  )
  const myai = lotkeeper.as('myai')
  const webhook = `${lotkeeper.url}/webhooks/gumroad/myai?secret=${SECRET}`
  const ok = ({ status, body }: Answer) => {
    if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`)
    return body
  }

  const account = async (fields: object = {}) => {
    const name = `a-${randomUUID()}`
    ok(await myai.put(`/v1/accounts/${name}`, fields))
    return { name, path: `/v1/accounts/${name}`, email: `${name}@example.org` }
  }

  return {
    lotkeeper,
    gumroad,
    myai,
    webhook,
    ok,
    account,
    ping: (sale: string, fields?: Record<string, string>) => sendPing(webhook, gumroad.ping(sale, fields)),
    /** Orders a pack at the API and pays it at Gumroad. */
    async buy(pack: string, price: number, fields: { gift_to?: string; quantity?: number } = {}) {
      const buyer = await account()
      const order = { pack, buyer_email: buyer.email, ...fields }
      const bought = ok(await myai.post(`${buyer.path}/purchases`, order))
      const sale = gumroad.sell(pack, buyer.email, price, { quantity: fields.quantity ?? 1 })
      const pinged = await sendPing(webhook, gumroad.ping(sale, { 'url_params[purchase]': bought.id }))
      if (pinged.status !== 200) throw new Error(JSON.stringify(pinged))
      return { ...buyer, id: bought.id as string, bought, sale }
    },
    purchase: async (id: string) => ok(await myai.get(`/v1/purchases/${id}`)),
    redeem: (at: string, code: string) => myai.post(`${at}/redemptions`, { code }),
    check: async (code: string) => (await myai.post('/v1/codes/check', { code })).body,
    available: async (at: string) => ok(await myai.get(`${at}/balance`)).available as number,
    /** Waits for `count` emails to an address. @returns them, newest first */
    emails: (email: string, count = 0) => waitForEmails(dataDir, email, count),
    /** The code in the newest of `count` emails. */
    emailedCode: (email: string, count = 1) => codeFromEmail(dataDir, email, count),
    stop: async () => {
      await lotkeeper.stop()
      await gumroad.stop()
      await rm(dataDir, { recursive: true })
    },
  }
}

export type LotkeeperWithGumroad = Awaited<ReturnType<typeof startLotkeeperWithGumroad>>
