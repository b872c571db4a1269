import { errorCodesOf } from '../../../api/docs/error-codes.ts'
import { routes } from '../../../api/routes/index.ts'

const known = routes.map(route => ({
  method: route.method.toUpperCase(),
  // Fixed segments come first, as in Express: /v1/memberships/combine is no membership.
  path: new RegExp(`^${route.path.replaceAll(/\{\w+\}/g, '[^/?]+')}(\\?|$)`),
  route,
}))

/**
 * What to correct if a call answers a code that its route does not document; null if it does, or is no route of the API.
 * @param call such as `POST /v1/accounts/ada/grants`, or with the path of the document
 */
export function undocumentedCode(call: string, code: unknown): string | null {
  const [method = '', path = ''] = call.split(' ')
  const matching = known.filter(route => route.method === method.toUpperCase() && route.path.test(path))
  if (matching.length === 0 || matching.some(({ route }) => errorCodesOf(route).some(each => each === code)))
    return null
  return `${call} answers ${code}: add it to \`refuses\` of its route, or to api/docs/error-codes.ts`
}
