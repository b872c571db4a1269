import { pino } from 'pino'
import type { Browser } from 'playwright-core'
import { guides } from '../../api/docs/guides.ts'
import { problemOf } from '../../api/http/problems.ts'
import { type RefusalCode, refusalTitles } from '../../domain/shared/refusals.ts'
import { axeFindings, startBrowser } from '../support/clients/browser.ts'
import type { Lotkeeper } from '../support/servers/connect-lotkeeper.ts'
import { startLotkeeper } from '../support/servers/lotkeeper.ts'

let lotkeeper: Lotkeeper
let browser: Browser

beforeAll(async () => {
  // In this process: the bundled services lack the style sheet.
  const logger = pino({ level: 'silent' })
  ;[lotkeeper, browser] = await Promise.all([startLotkeeper({}, { logger }), startBrowser()])
})
afterAll(async () => {
  await browser.close()
  await lotkeeper.stop()
})

const openHere = async (path: string) => {
  const page = await browser.newPage()
  const foreign: string[] = []
  page.on('request', request => {
    if (!request.url().startsWith(lotkeeper.url)) foreign.push(request.url())
  })
  page.on('console', message => {
    if (message.type() === 'error') foreign.push(message.text())
  })
  await page.goto(`${lotkeeper.url}${path}`)
  return { page, foreign }
}

it.each(['/', '/docs', '/docs/guides/memberships', '/docs/stripe', '/problems', '/problems/insufficient-credits'])(
  '%s fits every width and loads local files only',
  async path => {
    const { page, foreign } = await openHere(path)
    await page.getByRole('heading', { level: 1 }).waitFor()
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 800 })
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
    }
    expect(foreign).toEqual([])
    // The markup of Scalar is not checked.
    if (path !== '/docs') expect(await axeFindings(page)).toEqual([])
    await page.close()
  },
)

it('every link of the start page and the guides leads to a page, and to a heading of it', async () => {
  const read = async (path: string) => (await fetch(`${lotkeeper.url}${path}`)).text()
  const pages = await Promise.all(['/', ...guides.map(([file]) => `/docs/guides/${file}`)].map(read))
  const links = new Set(pages.flatMap(page => [...page.matchAll(/href="(\/[^"]*)"/g)].map(([, link = '']) => link)))
  const broken = [...links].map(async link => {
    const [path = '', anchor] = link.split('#')
    const answer = await fetch(`${lotkeeper.url}${path}`)
    const page = await answer.text()
    return answer.ok && (!anchor || page.includes(`id="${anchor}"`)) ? [] : [link]
  })
  expect((await Promise.all(broken)).flat()).toEqual([])
  expect(links.size).toBeGreaterThan(20)
})

it('the reference finds an operation and sends its example', async () => {
  const kvidai = lotkeeper.as('kvidai')
  await kvidai.put('/v1/accounts/ada', {})
  await kvidai.post('/v1/accounts/ada/grants', { source: 'purchased', amount: 20, reason: 'test' })
  const { page, foreign } = await openHere('/docs')
  await page
    .getByPlaceholder('Token')
    .filter({ visible: true })
    .first()
    .fill(lotkeeper.keys.kvidai?.generate ?? '')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('renew')
  await page.getByRole('option', { name: '/v1/memberships/{id}/renew' }).waitFor()
  for (let typed = 0; typed < 'renew'.length; typed++) await page.keyboard.press('Backspace')
  await page.keyboard.type('reserve credits')
  await page.getByRole('option', { name: '/v1/accounts/{account}/generations' }).first().click()
  await page.getByRole('button', { name: /Test Request.*post.*accounts\/\{account\}\/generations/i }).click()
  const answer = page.waitForResponse(`${lotkeeper.url}/v1/accounts/ada/generations`)
  await page.getByRole('button', { name: 'Send Request' }).click()
  const response = await answer
  expect(await response.json()).toMatchObject({ state: 'reserved', operation: 'image', outputs: 4 })
  expect(foreign).toEqual([])
  await page.close()
})

it.each(Object.keys(refusalTitles) as RefusalCode[])('the type of %s is a page that explains it', async code => {
  expect((await fetch(`${lotkeeper.url}/problems/${code}`)).status).toBe(200)
  const response = await fetch(`${lotkeeper.url}${problemOf({ code }).type}`)
  expect(response.status).toBe(200)
  expect(await response.text()).toContain(refusalTitles[code].replaceAll("'", '&#39;'))
})
