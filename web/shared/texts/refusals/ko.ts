import type { Refusals } from './en.ts'

export const refusals: Refusals = (f, credits) => {
  return {
    insufficient_credits: ({ required = 0, available = 0 }) =>
      `${credits(required)}이 필요하지만 사용 가능한 크레딧은 ${f.number(available)}이었습니다.`,
    daily_limit_reached: ({ limit = 0, used = 0, required = 0, resets_at = '', waiting_helps }) =>
      required > limit && !waiting_helps
        ? `${credits(required)}이 필요하며, 하루 한도인 ${credits(limit)}보다 많습니다. 기다려도 실행할 수 없습니다. 한 번에 더 적게 요청하거나, 더 큰 요금제를 선택하거나, 고객 지원팀에 문의해 주세요.`
        : required > limit
          ? `${credits(required)}이 필요하며, 하루 한도인 ${credits(limit)}보다 많습니다. 그날 다른 크레딧을 쓰기 전에 하루 한 번 실행할 수 있습니다. 한도는 ${f.moment(resets_at)}에 초기화됩니다.`
          : `${credits(required)}이 필요하지만 하루 한도 ${credits(limit)} 중 ${f.number(used)}을 이미 사용했습니다. 한도는 ${f.moment(resets_at)}에 초기화됩니다.`,
    fair_use_reached: ({ limit = 0, resets_at = '' }) =>
      `월 공정 사용 한도 ${credits(limit)}에 도달했습니다. 한도는 ${f.moment(resets_at)}에 초기화됩니다.`,
    concurrency_limit_reached: ({ limit = 0 }) => `동시에 진행할 수 있는 생성은 ${f.number(limit)}개까지입니다.`,
    trial_exhausted: () => '이 도구의 무료 체험을 모두 사용했습니다. 멤버십에 가입하면 계속 사용할 수 있습니다.',
    account_closed: () => '해지된 계정입니다.',
  }
}
