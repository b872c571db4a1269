import type { payments as en } from './en.ts'

export const payments: typeof en = {
  payment_method: '결제 수단',
  payment_methods: {
    kr_card: '국내 카드',
    card: '해외 카드',
    kakao_pay: '카카오페이',
    naver_pay: '네이버페이',
    payco: 'PAYCO',
    samsung_pay: '삼성페이',
    toss: '토스 (송금)',
    bank_transfer: '계좌이체',
  },
  transfer_how: '아래 계좌로 금액을 보내고 입금자명에 입금 코드를 적어 주세요. 입금이 확인되면 크레딧이 추가됩니다.',
  transfer_amount: '금액',
  transfer_bank: '은행',
  transfer_account: '계좌번호',
  transfer_holder: '예금주',
  transfer_reference: '입금 코드',
  transfer_expired: '기한까지 입금이 확인되지 않았습니다. 이미 송금하셨다면 입금이 확인되는 대로 크레딧이 추가됩니다.',
  transfer_due: '입금 기한',
}
