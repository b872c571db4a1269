import type { invoices as en } from './en.ts'

export const invoices: typeof en = {
  invoices: '이용 내역서 및 청구서',
  invoice_states: {
    open: '진행 중',
    issued: '발행됨',
    paid: '결제됨',
  },
  invoice_kinds: { statement: '이용 내역서', invoice: '청구서', credit_note: '환불 전표' },
  billing: '청구 정보',
  billing_why:
    '청구서에 표시됩니다. 청구 정보가 없으면 이용 내역서만 제공됩니다. 이미 발행된 청구서는 바뀌지 않습니다.',
  billing_name: '이름 또는 회사명',
  billing_address: '주소(우편번호, 국가 포함)',
  billing_tax_id: '사업자등록번호(선택)',
  billing_do: '저장',
  billing_saved: '저장했습니다.',
}
