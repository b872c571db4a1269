import type { Route } from '../http/route.ts'

/** An API route that customers may call for their own account, under /portal/api. */
export type PortalRoute = {
  method: 'get' | 'post' | 'put'
  path: string
  route: Route
  /** the route that returns the resource's account, for paths without one */
  owner?: Route
  /** whether the account is a query parameter */
  byAccount: boolean
  /** query parameters that customers may set */
  parameters: string[]
  /** body fields that customers must not set */
  forbiddenFields: readonly string[]
}

const OWN = '/v1/accounts/{account}'

/** The product chooses the provider: an invoice, for example, grants credits before payment. */
const FORBIDDEN_FIELDS: Record<string, readonly string[]> = { 'post /purchases': ['provider', 'buyer_email'] }

/** The only calls that the page may make, each with its API route. */
const allowed: [method: PortalRoute['method'], path: string, route: string, owner?: string][] = [
  ['get', '/account', OWN],
  ['get', '/lots', `${OWN}/lots`],
  ['get', '/entries', `${OWN}/entries`],
  ['get', '/usage', `${OWN}/usage`],
  ['get', '/generations', `${OWN}/generations`],
  ['get', '/operations', '/v1/operations?account'],
  ['get', '/packs', '/v1/packs?account'],
  ['get', '/purchases', '/v1/purchases?account'],
  ['post', '/purchases', `${OWN}/purchases`],
  ['post', '/purchases/{id}/missing', '/v1/purchases/{id}/missing', '/v1/purchases/{id}'],
  ['post', '/purchases/{id}/code/address', '/v1/purchases/{id}/code/address', '/v1/purchases/{id}'],
  ['post', '/redemptions', `${OWN}/redemptions`],
  ['post', '/memberships/{id}/cancel', '/v1/memberships/{id}/cancel', '/v1/memberships/{id}'],
  ['get', '/audits', `${OWN}/audits`],
  ['get', '/defects', `${OWN}/defects`],
  ['post', '/memberships/{id}/undo-cancel', '/v1/memberships/{id}/undo-cancel', '/v1/memberships/{id}'],
  ['post', '/memberships/{id}/undo-change', '/v1/memberships/{id}/undo-change', '/v1/memberships/{id}'],
  ['get', '/invoices', `${OWN}/invoices`],
  ['get', '/invoices/{invoice}', `${OWN}/invoices/{invoice}`],
  ['get', '/billing-details', `${OWN}/billing-details`],
  ['put', '/billing-details', `${OWN}/billing-details`],
]

/** The allowed calls whose API routes exist. */
export function portalRoutes(routes: Route[]): PortalRoute[] {
  const find = (method: string, path: string | undefined) =>
    routes.find(route => route.method === method && route.path === path)
  return allowed.flatMap(([method, path, behind, ownedBy]) => {
    const [target = '', parameter] = behind.split('?')
    const route = find(method, target)
    const owner = find('get', ownedBy)
    if (!route || (ownedBy && !owner)) return []
    const express = path.replaceAll(/\{(\w+)\}/g, ':$1')
    const forbiddenFields = FORBIDDEN_FIELDS[`${method} ${path}`] ?? []
    const byAccount = parameter === 'account'
    const parameters = Object.keys(route.query.shape).filter(name => !byAccount || name !== 'account')
    return [
      {
        method,
        path: express,
        route,
        byAccount,
        parameters,
        forbiddenFields,
        ...(owner ? { owner } : {}),
      },
    ]
  })
}
