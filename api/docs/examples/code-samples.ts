import { inspect } from 'node:util'

type Parameter = { name: string; in: string; example?: unknown }
type Call = { method: string; path: string; parameters: Parameter[]; body: unknown }

/** The sample of a call in TypeScript, by @lotkeeper/client; the reference makes those of other languages itself. */
export function codeSamples(call: Call): object[] {
  return [{ lang: 'TypeScript', label: 'TypeScript', source: typeScriptOf(call) }]
}

function typeScriptOf({ method, path, parameters, body }: Call): string {
  const valuesIn = (place: string) =>
    parameters
      .filter(parameter => parameter.in === place && parameter.example !== undefined)
      .map(({ name, example }) => [name, example])
  const places = ['path', 'query'].map(place => [place, Object.fromEntries(valuesIn(place))])
  const params = Object.fromEntries(places.filter(([, values]) => Object.keys(values).length > 0))
  const options = [
    ...(Object.keys(params).length > 0 ? [`  params: ${literal(params)},\n`] : []),
    ...(body === undefined ? [] : [`  body: ${literal(body)},\n`]),
  ]
  const init = options.length > 0 ? `, {\n${options.join('')}}` : ''
  return `const answer = await lotkeeper.${method}('${path}'${init})`
}

/** A value as code. */
function literal(value: unknown): string {
  return inspect(value, { depth: null, breakLength: 80 }).replaceAll('\n', '\n  ')
}
