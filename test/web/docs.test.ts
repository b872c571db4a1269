import type { Browser } from 'playwright-core'
import { problemOf } from '../../api/http/problems.ts'
import { type RefusalCode, refusalTitles } from '../../domain/shared/refusals.ts'
import { axeFindings, startBrowser } from '../support/clients/browser.ts'
import type { Lotkeeper } from '../support/servers/connect-lotkeeper.ts'
import { startLotkeeper } from '../support/servers/lotkeeper.ts'

let lotkeeper: Lotkeeper
let browser: Browser

beforeAll(async () => {
  ;[lotkeeper, browser] = await Promise.all([startLotkeeper(), startBrowser()])
})
afterAll(async () => {
  await browser.close()
  await lotkeeper.stop()
})

it.each(['/docs', '/problems', '/problems/insufficient-credits'])(
  '%s fits every width and loads local files only',
  async path => {
    const page = await browser.newPage()
    const foreign: string[] = []
    page.on('request', request => {
      if (!request.url().startsWith(lotkeeper.url)) foreign.push(request.url())
    })
    page.on('console', message => foreign.push(message.text()))
    await page.goto(`${lotkeeper.url}${path}`)
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 800 })
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
    }
    expect(foreign).toEqual([])
    expect(await axeFindings(page)).toEqual([])
    await page.close()
  },
)

it('the reference shows every operation with its example', async () => {
  const page = await (await fetch(`${lotkeeper.url}/docs`)).text()
  const document: any = await (await fetch(`${lotkeeper.url}/openapi.json`)).json()
  for (const methods of Object.values<any>(document.paths))
    for (const { summary } of Object.values<any>(methods))
      expect(page).toContain(summary.replaceAll("'", '&#39;').replace(/&(?!#)/g, '&amp;'))
  expect(
    document.paths['/v1/accounts/{account}/generations'].post.requestBody.content['application/json'].example,
  ).toEqual({
    operation: 'image',
    outputs: 4,
    timeout_seconds: 600,
  })
})

it.each(Object.keys(refusalTitles) as RefusalCode[])('the type of %s is a page that explains it', async code => {
  const response = await fetch(`${lotkeeper.url}${problemOf({ code }).type}`)
  expect(response.status).toBe(200)
  expect(await response.text()).toContain(refusalTitles[code].replaceAll("'", '&#39;'))
})
