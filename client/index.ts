export { type CallArguments, type CallName, type ClientOptions, connect, type Lotkeeper } from './client.ts'
export type {
  Balance,
  Calls,
  Entry,
  Generation,
  Lot,
  Membership,
  Pack,
  ProblemCode,
  Purchase,
} from './contract.ts'
export { LotkeeperError } from './error.ts'
export { type Operation, type Reserved, withCredits } from './with-credits.ts'
