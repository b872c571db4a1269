import { formatMoney } from '../../shared/amount.ts'
import type { Words } from './en.ts'

const SOURCES: Record<string, string> = {
  promotional: '프로모션',
  membership: '멤버십',
  subscription: '구독',
  purchased: '구매',
  trial: '체험',
  monthly: '월간',
  bonus: '보너스',
  launch: '출시',
}
const UNITS: Record<string, string> = {
  image: '이미지',
  photo: '사진',
  video: '동영상',
  model: '모델',
  text: '텍스트',
  output: '결과',
}
const CAUSES: Record<string, string> = {
  'technical-failure': '기술 장애',
  'poor-quality': '낮은 품질',
  'platform-bug': '플랫폼 오류',
  'wrong-deduction': '잘못된 차감',
  downtime: '서비스 중단',
  'account-issue': '계정 문제',
}
const PERIODS: Record<string, string> = { Y: '년', M: '개월', W: '주', D: '일' }

const list = (parts: string[]) => parts.join(', ')
const source = (name: string) => SOURCES[name] ?? name
const unit = (name: string) => UNITS[name] ?? name
const either = (n: number | null, what: string) => `${what} ${n === null ? '무제한' : `${n}개`}`
const duration = (iso: string) =>
  [...iso.matchAll(/(\d+)([YMWD])/g)].map(([, n, each = '']) => `${n}${PERIODS[each]}`).join(' ')

function minutesOrHours(minutes: number): string {
  return minutes % 60 === 0 ? `${minutes / 60}시간` : `${minutes}분`
}

export const ko: Words = {
  list,
  money: (amount, currency) => formatMoney(amount, currency, 'ko'),
  credits: (n, from) => `${source(from)} 크레딧 ${n}개`,
  creditsPerSlot: (n, from) => `슬롯당 ${source(from)} 크레딧 ${n}개`,
  undecided: from => `아직 정해지지 않은 수의 ${source(from)} 크레딧`,
  undecidedPerSlot: from => `슬롯당 아직 정해지지 않은 수의 ${source(from)} 크레딧`,

  added: line => `추가: ${line}`,
  removed: line => `삭제: ${line}`,
  before: line => `변경 전: ${line}`,
  after: line => `변경 후: ${line}`,
  sections: {
    plans: {
      who: '시행 후 가입하거나 플랜 또는 슬롯을 바꾸는 회원',
      keeps: '진행 중인 멤버십은 플랜이나 슬롯을 바꿀 때까지 기존 조건을 유지합니다.',
    },
    validity: { who: '시행 후 지급되는 크레딧', keeps: '기존 크레딧의 유효기간은 그대로입니다.' },
    order: { who: '시행 후 지급되는 크레딧의 사용 순서', keeps: '기존 크레딧의 순서는 그대로입니다.' },
    packs: { who: '시행 후 구매하는 상품', keeps: '이전 구매의 수량, 가격, 유효기간은 그대로입니다.' },
    refunds: { who: '시행 후 구매의 환불', keeps: '이전 구매의 환불 조건은 그대로입니다.' },
    operations: { who: '시행 후 요청하는 생성 작업', keeps: '진행 중인 작업의 비용은 그대로입니다.' },
    spending: { who: '시행 후 크레딧 사용', keeps: null },
    limits: { who: '시행 후 모든 계정', keeps: '그날의 사용량은 계속 합산됩니다.' },
    gifts: { who: '시행 후 지급', keeps: '이전 지급은 그대로입니다.' },
  },

  freeTrials: (operations, n) =>
    `회원이었던 적이 없는 계정은 ${list(operations)}을(를) ${operations.length > 1 ? '각각 ' : ''}${n}회 무료로 사용할 수 있습니다.`,
  membersSpend: '체험 회원을 포함한 회원만 크레딧을 사용할 수 있습니다.',
  everyoneSpends: '멤버십이 없어도 크레딧을 사용할 수 있습니다.',

  eachAnniversary: text => `가입 시와 매월 같은 날 ${text}`,
  eachMonthOn: (text, day) => `가입 시와 매월 ${day}일 ${text}`,
  fairUse: n => `무제한, 공정 사용 한도 월 ${n} 크레딧`,
  noneIncluded: '포함된 크레딧 없음',
  forLife: '결제 없이 평생',
  paidBy: { P1M: '월 결제', P1Y: '연 결제' },
  slotPrice: price => `슬롯당 ${price}`,
  grace: iso => `결제 유예 기간 ${duration(iso)}`,
  trial: (iso, n, from, per) =>
    `체험 ${duration(iso)} 동안 ${source(from)} 크레딧 ${n}개 즉시 지급, ${per === 'account' ? '계정' : '멤버십'}당 한 번`,
  launchOfPlan: (text, per) => `출시 기념 ${text}, ${per === 'month' ? '매월 한 번' : '한 번'}`,
  refundsOfPlans: {
    revoke_unused: '결제가 환불되면 해당 월의 사용하지 않은 크레딧을 비례하여 회수하고, 사용한 크레딧은 그대로 둡니다.',
    keep: '결제가 환불되어도 해당 월의 크레딧은 그대로입니다.',
  },

  launch: (from, iso, of) => `출시일 ${from}부터 ${duration(iso)} 동안: ${source(of)} 크레딧.`,
  compensated: (causes, bonus) =>
    `${list(causes.map(each => CAUSES[each] ?? each))}: 잃은 크레딧을 돌려드립니다 (${bonus}).`,
  noBonus: '보너스 없음',
  bonus: (n, most, of) => `${source(of)} 크레딧으로 ${n}배 추가, 최대 ${most}배`,
  approvedAbove: n => `${n} 크레딧을 넘는 보상은 승인이 필요합니다.`,
  auditBonus: (n, of) => `점검에서 누락된 크레딧이 확인되면 ${source(of)} 크레딧 ${n}개.`,
  campaigns: sources => `캠페인은 계정당 한 번 ${list(sources.map(source))} 크레딧을 지급할 수 있습니다.`,

  free: '무료',
  costs: (n, of) => `${unit(of)}당 ${n} 크레딧`,
  costsBetween: (least, most, of) =>
    `${unit(of)}당 ${most === null ? `${least} 크레딧 이상` : `${least}~${most} 크레딧`}, 서비스가 정함`,
  rateOfOutput: (n, unit) => `${unit}당 ${n} 크레딧`,
  rateOfOption: (option, value, n) => `${option} ${value}: 결과물당 ${n} 크레딧 추가`,
  factorOfOption: (option, value, factor) => `${option} ${value}: ${factor}배`,
  rateOfMeter: (n, per, meter, included) =>
    `${included > 0 ? `${included.toLocaleString('ko')} 초과 ` : ''}${meter} ${per.toLocaleString('ko')}당 ${n} 크레딧`,
  atLeast: n => `최소 ${n} 크레딧`,
  atMost: n => `최대 ${n} 크레딧`,
  rounding: { up: '올림', carry: '크레딧의 소수 부분은 다음 생성으로 이월됩니다' },
  typically: (usage, n) =>
    `일반적인 요청(${usage.map(([meter, quantity]) => `${meter} ${quantity.toLocaleString('ko')}`).join(', ')})은 최대 ${n} 크레딧`,
  costStated: '완료 시 서비스가 밝히는 비용으로 청구됩니다',
  excess: {
    reject: '예약보다 많이 청구되지 않으며, 더 높은 비용은 거부됩니다',
    cap: '예약보다 많이 청구되지 않습니다',
    draw: '예약을 초과하는 비용은 사용 가능한 크레딧에서 차감됩니다',
  },
  shortfall: { cap: '부족분은 면제됩니다', debt: '부족분은 부채가 됩니다' },
  holdsAtMost: n => `요청당 최대 ${n} 크레딧 예약`,
  reportedCharged: '기한이 되면 보고된 사용량이 청구됩니다',
  lateCharged: minutes => `기한 후 ${minutesOrHours(minutes)}까지의 결과는 청구됩니다`,
  extendable: minutes => `기한은 예약 후 ${minutesOrHours(minutes)}까지 연장할 수 있습니다`,
  outputs: (normally, most) => `결과 수: 기본 ${normally}개, 최대 ${most}개`,
  needs: options => `${list(options)} 필요`,
  optionNeeds: (option, others) => `${option}에는 ${list(others)} 필요`,
  onlyFor: plans => `${list(plans)} 전용`,

  byExpiry: '만료가 가장 빠른 크레딧, 만료되지 않는 크레딧은 마지막',
  bySource: sources => sources.map(source).join(', 그다음 '),
  byAge: '오래된 크레딧',
  first: criterion => `먼저 ${criterion}.`,
  ifEqual: criteria => `같으면 ${criteria.join('; 그다음 ')}.`,

  validity: (of, life) => `${source(of)} 크레딧: ${life}.`,
  neverExpires: '만료되지 않음',
  untilNextGrant: '다음 지급 때 만료',
  statedByGrant: '지급할 때 정한 날에 만료',
  expiresAfter: iso => `지급 후 ${duration(iso)} 유효`,
  frozen: life => `${life}, 멤버십이 없으면 동결`,

  allAccounts: '모든 계정',
  noLimit: '별도 한도 없음',
  creditsADay: n => either(n, '하루 크레딧(UTC)'),
  oneAbove: '그날의 첫 작업이면 한도를 넘는 결과 하나 허용',
  atOnce: n => either(n, '동시 생성 작업'),
  perMinute: n => either(n, '분당 요청'),
  priority: n => `우선순위 ${n}/5`,

  sold: (text, price) => `${text}, ${price}`,
  random: (from, to, of) => `${source(of)} 크레딧 ${from}~${to}개 무작위`,
  percentOff: percent => `${percent}% 할인`,
  percentFrom: (percent, from) => `${from}개부터 ${percent}% 할인`,
  quantities: all => `한 번에 ${all.join(', ')}개`,
  withoutExpiry: '만료 없음',
  validFor: iso => `${duration(iso)} 유효`,
  quantityFor: (quantity, iso) => `${quantity}개: ${duration(iso)} 유효`,
  asCode: '사용 코드로 지급',
  members: '회원',
  certainAccounts: '지정된 계정',
  neverRefunded: '구매는 환불되지 않습니다.',
  refunded: (iso, what) =>
    `구매 후 ${duration(iso)} 이내: ${what === 'unused_part' ? '사용하지 않은 크레딧을 비례하여 환불합니다' : '크레딧을 사용하지 않은 경우 환불합니다'}.`,
}
