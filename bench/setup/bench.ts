import { Client, Connection } from '@temporalio/client'
import { createKey, type Scope } from '../../db/accounts/api-keys.ts'
import type { Db } from '../../db/core/command.ts'
import { connectDb } from '../../db/core/connect.ts'
import type { Policy } from '../../domain/policy/policy.ts'
import type { AppConfig } from '../../platform/config.ts'
import type { Plan } from '../plan.ts'
import { API_OPTIONS, type Child, startChild } from '../processes/child.ts'
import { createAccounts } from './accounts.ts'

/** The resources of one benchmark. close() ends the connections and processes that it opened, newest first. */
export class Bench {
  readonly config: AppConfig
  readonly policy: Policy
  readonly plan: Plan
  readonly #closers: (() => Promise<unknown>)[] = []

  constructor(config: AppConfig, policy: Policy, plan: Plan) {
    this.config = config
    this.policy = policy
    this.plan = plan
  }

  connectDb(connections: number, databaseUrl = this.config.databaseUrl): Db {
    const db = connectDb(databaseUrl, connections)
    this.#closers.push(() => db.end())
    return db
  }

  async connectTemporal(): Promise<Client> {
    const { temporalAddress: address, temporalNamespace: namespace } = this.config
    const connection = await Connection.connect({ address })
    this.#closers.push(() => connection.close())
    return new Client({ connection, namespace })
  }

  /** @param file of bench/, without extension */
  async startChild<Ready>(file: string, args: string[], nodeOptions?: string[]): Promise<Child<Ready>> {
    const child = await startChild<Ready>(file, args, nodeOptions)
    this.#closers.push(child.stop)
    return child
  }

  /** Starts API and worker in one process as `npm start` does, or one of them with its options in the image. */
  startLotkeeper(part?: 'api' | 'worker', config = this.config): Promise<Child<{ url: string }>> {
    const args = [JSON.stringify(config), ...(part ? [part] : [])]
    return this.startChild('processes/lotkeeper', args, part === 'api' ? API_OPTIONS : [])
  }

  /** @returns the secret of a new key */
  async createKey(scope: Scope, db = this.connectDb(1)): Promise<string> {
    return (await createKey(db, this.policy.product, { name: 'bench', scope })).key
  }

  /** Creates accounts, and a key for their generations. */
  async createAccounts(prefix: string, count: number): Promise<{ key: string; accounts: string[] }> {
    const db = this.connectDb(10)
    const key = await this.createKey('generate', db)
    return { key, accounts: await createAccounts(db, this.policy, prefix, count) }
  }

  async close(): Promise<void> {
    for (let close = this.#closers.pop(); close; close = this.#closers.pop()) await close()
  }
}
