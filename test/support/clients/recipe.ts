import { readFileSync } from 'node:fs'
import path from 'node:path'
import { root } from '../root.ts'
import type { Caller } from './caller.ts'

/** The text of a document of docs/, such as recipes/refund. */
export function readDocument(name: string): string {
  return readFileSync(path.join(root, `docs/${name}.md`), 'utf8')
}

/** The text of a recipe of docs/recipes. */
export function readRecipe(name: string): string {
  return readDocument(`recipes/${name}`)
}

/** The blocks of one language in a recipe. */
export function blocksOf(recipe: string, language: string): string[] {
  return [...recipe.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs'))].map(([, text]) => text ?? '')
}

/**
 * Follows a recipe: sends each request of its http blocks and expects the answer shown below it, which may omit
 * fields. `"id": "$name"` in an answer, or in the first item of a list, defines a name for later steps.
 * @param lookUp resolves other names, such as the code in an email
 * @param otherSteps runs the lines of blocks marked `elsewhere`, such as a payment
 * @returns the number of requests
 */
export async function followRecipe(
  recipe: string,
  caller: Caller,
  lookUp: (name: string) => Promise<string | undefined> = async () => undefined,
  otherSteps: Record<string, (values: Record<string, string>) => Promise<unknown>> = {},
): Promise<number> {
  const values: Record<string, string> = {}
  const fillNames = async (text: string) => {
    for (const [, name = ''] of text.matchAll(/\$(\w+)/g)) {
      const value = values[name] ?? (await lookUp(name))
      if (value !== undefined) values[name] = value
    }
    return text.replaceAll(/\$(\w+)/g, (whole, name) => values[name] ?? whole)
  }
  const steps = blocksOf(recipe, '(?:http|elsewhere)').flatMap(block => block.trim().split('\n\n'))
  for (const step of steps) {
    if (otherSteps[step]) {
      await otherSteps[step](values)
      continue
    }
    const lines = step.split('\n')
    const [method = '', url = ''] = (await fillNames(lines[0] ?? '')).split(' ')
    const [, status = '', expected = ''] = /^(\d+) (.*)$/.exec(lines.at(-1) ?? '') ?? []
    const body = lines.length > 2 ? await fillNames(lines[1] ?? '') : undefined
    const answer = await send(caller, method, url, body)
    for (const [, key = '', name = ''] of expected.matchAll(/"(\w+)": "\$(\w+)"/g))
      values[name] ??= answer.body[key] ?? answer.body.data?.[0]?.[key]
    expect({ step: lines[0], ...answer }).toMatchObject({
      step: lines[0],
      status: Number(status),
      body: JSON.parse(await fillNames(expected)),
    })
  }
  return steps.filter(step => !otherSteps[step]).length
}

function send(caller: Caller, method: string, url: string, body: string | undefined) {
  if (method === 'GET') return caller.get(url)
  if (method === 'DELETE') return caller.delete(url)
  const content = body === undefined ? {} : JSON.parse(body)
  return method === 'PUT' ? caller.put(url, content) : caller.post(url, content)
}
