// Loaded into a process before its own code: shifts Date by ?ms=. Timers, performance.now() and the clock of Temporal's
// core stay right.
const ms = Number(new URL(import.meta.url).searchParams.get('ms'))
const { now } = Date

globalThis.Date = new Proxy(Date, {
  construct: (date, args, self) => Reflect.construct(date, args.length > 0 ? args : [now() + ms], self),
  apply: date => new date(now() + ms).toString(),
  get: (date, name) => (name === 'now' ? () => now() + ms : Reflect.get(date, name)),
})
