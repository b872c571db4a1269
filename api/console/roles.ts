import { type Scope, scopes } from '../../db/accounts/api-keys.ts'
import type { Roles } from '../../db/console/sessions.ts'

/** A person of the group has the role in the product; `*` stands for every product. */
export type RoleOfGroup = { role: Scope; product: string; group: string }

/** A person's roles by the groups that the identity provider states; of several in one product the largest counts. */
export function rolesOfGroups(mapping: readonly RoleOfGroup[], groups: readonly string[]): Roles {
  const roles: Roles = {}
  for (const { role, product, group } of mapping)
    if (groups.includes(group)) roles[product] = larger(roles[product], role)
  return roles
}

/** The role in a product, if the person has any. */
export function roleIn(roles: Roles, product: string): Scope | undefined {
  const own = Object.hasOwn(roles, product) ? roles[product] : undefined
  const everywhere = roles['*']
  return everywhere === undefined ? own : larger(own, everywhere)
}

function larger(one: Scope | undefined, other: Scope): Scope {
  return one !== undefined && scopes.indexOf(one) > scopes.indexOf(other) ? one : other
}
