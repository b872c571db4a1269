/** Seconds of a time span of a policy, such as PT1H. */
export function secondsOf(span: string): number {
  const {
    days = 0,
    hours = 0,
    minutes = 0,
  } = /^P(?:(?<days>\d+)D)?(?:T(?:(?<hours>\d+)H)?(?:(?<minutes>\d+)M)?)?$/.exec(span)?.groups ?? {}
  return Number(days) * 86_400 + Number(hours) * 3_600 + Number(minutes) * 60
}
