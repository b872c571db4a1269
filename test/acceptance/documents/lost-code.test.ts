import { followRecipe, readRecipe } from '../../support/clients/recipe.ts'
import { startLotkeeperWithGumroad } from '../../support/stand-ins/lotkeeper-with-gumroad.ts'

it('the recipe for a lost code: each request gets the answer shown', async () => {
  const run = await startLotkeeperWithGumroad()
  const emails: Record<string, () => Promise<string>> = {
    oldCode: () => run.emailedCode('ada@example.org', 2),
    newCode: () => run.emailedCode('ada@elsewhere.example'),
  }
  const support = run.lotkeeper.as('myai', 'support')
  expect(await followRecipe(readRecipe('lost-code'), support, async name => emails[name]?.())).toBe(13)
  await run.stop()
})
