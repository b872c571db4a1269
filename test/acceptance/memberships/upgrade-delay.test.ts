import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createTestAccount, type TestAccount } from '../../support/clients/test-account.ts'
import { root } from '../../support/root.ts'
import type { Lotkeeper } from '../../support/servers/connect-lotkeeper.ts'
import { startLotkeeper } from '../../support/servers/lotkeeper.ts'

let policies: string
let lotkeeper: Lotkeeper

beforeAll(async () => {
  policies = await mkdtemp(path.join(tmpdir(), 'policies-'))
  await cp(path.join(root, 'policies'), policies, { recursive: true })
  const file = path.join(policies, 'branding.yaml')
  const text = await readFile(file, 'utf8')
  await writeFile(file, text.replaceAll('delay_hours: 0', 'delay_hours: 24'))
  lotkeeper = await startLotkeeper({ POLICIES_DIR: policies })
})
afterAll(async () => {
  await lotkeeper?.stop()
  await rm(policies, { recursive: true, force: true })
})

async function upgraded(): Promise<{ account: TestAccount; id: string }> {
  const account = await createTestAccount(lotkeeper.as('branding'), '2027-01-15T00:00:00.000Z')
  const { id } = await account.join({ plan: 'freelancer' })
  await account.advance('2027-01-20T10:00:00.000Z')
  expect(await account.updateMembership(id, 'change', { plan: 'agency' })).toMatchObject({ plan: 'agency' })
  return { account, id }
}

it('BR-06 where the policy says 24 hours, an upgrade raises the credits after 24 hours', async () => {
  const { account } = await upgraded()
  await account.advance('2027-01-21T09:59:59.000Z')
  expect(await account.balance()).toMatchObject({ available: 500 })
  await account.advance('2027-01-21T10:00:00.000Z')
  expect(await account.balance()).toMatchObject({ available: 1500 })
  expect(await account.entries()).toEqual([
    '2027-01-15 500 monthly: issued → available',
    '2027-01-21T10:00:00 1000 monthly: issued → available',
  ])
})

it('BR-06 upgrades and downgrades within the delay grant the difference once, also over a lapse', async () => {
  const { account, id } = await upgraded()
  await account.updateMembership(id, 'change', { plan: 'freelancer', when: 'now' })
  await account.updateMembership(id, 'change', { plan: 'agency' })
  await account.advance('2027-01-20T20:00:00.000Z')
  await account.updateMembership(id, 'lapse')
  expect(await account.entries()).toEqual([
    '2027-01-15 500 monthly: issued → available',
    '2027-01-20T20:00:00 1000 monthly: issued → available',
  ])
  await account.updateMembership(id, 'reactivate')
  await account.advance('2027-01-25T00:00:00.000Z')
  expect(await account.entries()).toHaveLength(2)
})
