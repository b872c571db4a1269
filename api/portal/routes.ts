import type { Route } from '../http/route.ts'

/** A route of the API that a customer may use for the own account, under /portal/api. */
export type PortalRoute = {
  method: 'get' | 'post'
  path: string
  route: Route
  /** answers whose it is, for routes that do not name the account */
  owner?: Route
  /** the account is a parameter of the query */
  byAccount: boolean
  /** fields that are not the customer's to choose */
  forbiddenFields: readonly string[]
}

const OWN = '/v1/accounts/{account}'

/** How it is paid is the product's choice: an invoice, for one, gives credits before any money. */
const FORBIDDEN_FIELDS: Record<string, readonly string[]> = { 'post /purchases': ['provider', 'buyer_email'] }

/** What the page may call, with the API's route behind it. Everything else stays closed. */
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
  ['post', '/redemptions', `${OWN}/redemptions`],
  ['post', '/memberships/{id}/cancel', '/v1/memberships/{id}/cancel', '/v1/memberships/{id}'],
  ['get', '/invoices', `${OWN}/invoices`],
  ['get', '/invoices/{invoice}', `${OWN}/invoices/{invoice}`],
]

/** The doors of those routes that there are. */
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
    return [
      {
        method,
        path: express,
        route,
        byAccount,
        forbiddenFields,
        ...(owner ? { owner } : {}),
      },
    ]
  })
}
