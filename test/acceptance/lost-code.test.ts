import { followRecipe, readRecipe } from '../support/recipe.ts'
import { startSoldByGumroad } from '../support/sold-by-gumroad.ts'

it('the recipe for a lost code: each request is answered as it says', async () => {
  const run = await startSoldByGumroad()
  const letters: Record<string, () => Promise<string>> = {
    oldCode: () => run.codeOf('ada@example.org', 2),
    newCode: () => run.codeOf('ada@elsewhere.example'),
  }
  const support = run.lotkeeper.as('myai', 'support')
  expect(await followRecipe(readRecipe('lost-code'), support, async name => letters[name]?.())).toBe(12)
  await run.stop()
})
