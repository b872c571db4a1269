import type { Format } from '../format.ts'
import type { EmailTexts } from './en.ts'

export const ko = (f: Format): EmailTexts => {
  const credits = (n: number) => `${f.number(n)}크레딧`
  return {
    credits,
    open_page: '요금제 및 크레딧 열기',
    support: '궁금한 점은 고객 지원에 문의하세요:',
    because: {
      account: product => `${product} 계정이 있는 분께 보내는 이메일입니다.`,
      purchase: product => `${product} 구매와 관련하여 보내는 이메일입니다.`,
      gift: product => `${product} 크레딧을 선물 받은 분께 보내는 이메일입니다.`,
    },
    labels: {
      order: '주문 번호',
      date: '날짜',
      item: '상품',
      credits: '크레딧',
      discount: '할인',
      price: '금액',
      reference: '입금 참조 번호',
      reason: '사유',
      returned: '돌려드린 크레딧',
      bonus: '보너스',
      generation: '생성 작업',
      plan: '요금제',
      usable_until: '크레딧 사용 기한',
      expires: '만료',
      from: '적용 시점',
    },

    code: {
      subject: (n, product) => `${product} ${credits(n)} 코드`,
      title: '등록 코드',
      thanks: (pack, product) => `${product} ${pack} 상품을 구매해 주셔서 감사합니다.`,
      code: n => `${credits(n)} 등록 코드:`,
      how: product => [
        `${product}의 어느 플랫폼에서나 코드를 입력할 수 있습니다.`,
        '로그인한 계정에 크레딧이 추가됩니다. 코드는 한 번만 사용할 수 있습니다.',
        '대소문자, 공백, 하이픈은 구분하지 않습니다.',
        '사용하기 전까지 코드를 다른 사람에게 알리지 마세요.',
      ],
      replaces: '이전에 보내 드린 코드는 더 이상 사용할 수 없습니다.',
    },
    gift: {
      subject: (n, product) => `선물이 도착했습니다: ${product} ${credits(n)}`,
      title: '선물이 도착했습니다',
      received: (n, product) => `${product} ${credits(n)}을 선물 받으셨습니다.`,
    },

    receipt: {
      subject: (item, product) => `${product} ${item} 영수증`,
      title: '영수증',
      thanks: product => `구매해 주셔서 감사합니다. ${product}에서 결제를 확인했습니다.`,
      added: '크레딧은 계정에 추가되며 “요금제 및 크레딧”에서 확인할 수 있습니다.',
      by_code: '등록 코드는 별도의 이메일로 보내 드립니다.',
      gifted: '선물 받는 분께 등록 코드를 별도의 이메일로 보내 드립니다.',
      keep: '고객 지원에 문의할 때는 주문 번호를 알려 주세요.',
    },

    transfer: {
      subject: (item, product) => `${product} ${item} 주문이 만료되었습니다`,
      title: '주문 만료',
      expired: '기한까지 계좌 이체가 확인되지 않아 주문이 만료되었습니다. 지불하실 금액은 없습니다.',
      on_its_way: '이미 송금하셨다면 따로 하실 일은 없습니다. 입금이 확인되면 크레딧이 추가됩니다.',
    },

    late: {
      subject: n => `${credits(n)}이 추가되었습니다`,
      title: '크레딧이 추가되었습니다',
      sorry: '결제는 확인되었지만 크레딧 추가가 늦어졌습니다. 불편을 드려 죄송합니다.',
      bonus: n => `사과의 뜻으로 ${credits(n)}을 더 드렸습니다.`,
    },

    compensation: {
      subject: (n, product) => `${product}에서 ${credits(n)}을 추가해 드렸습니다`,
      title: '보상 안내',
      sorry: '저희 쪽 문제로 크레딧이 소모되었습니다. 불편을 드려 죄송합니다.',
      added: n => `계정에 ${credits(n)}을 추가했습니다.`,
      causes: {
        'technical-failure': '기술적 오류',
        'poor-quality': '결과물의 품질 문제',
        'platform-bug': '플랫폼 오류',
        'wrong-deduction': '잘못된 차감',
        downtime: '서비스 중단',
        'account-issue': '계정 문제',
      },
    },

    past_due: {
      subject: plan => `${plan} 결제가 필요합니다`,
      title: '결제 안내',
      due: plan => `${plan} 결제가 아직 확인되지 않았습니다.`,
      until: at => `${at}까지 모든 크레딧을 사용할 수 있습니다.`,
      afterwards: '그 이후에는 결제가 확인될 때까지 멤버십이 중단됩니다.',
      do: '결제 수단을 확인해 주세요. 방금 결제하셨다면 따로 하실 일은 없습니다.',
    },

    expiring: {
      subject: (n, day) => `${credits(n)}이 ${day}에 만료됩니다`,
      title: '곧 만료되는 크레딧이 있습니다',
      expire: (n, at) => `${at}까지 ${credits(n)}이 만료됩니다.`,
      order: '그 전에 사용한 크레딧은 만료되지 않습니다.',
    },

    audit: {
      subject: product => `${product} 크레딧 점검 결과`,
      title: '점검 결과',
    },

    policy: {
      subject: (product, day) => `${day}부터 적용되는 ${product} 크레딧 변경 안내`,
      title: product => `${product} 크레딧 변경 안내`,
      from: at => `다음 변경 사항은 ${at}부터 적용됩니다.`,
      kept: '이미 보유한 크레딧의 조건은 바뀌지 않습니다.',
    },
  }
}
