import type { ReportedFinding } from '../report.ts'
import type { AuditTexts } from './en.ts'

const credits = (n: number) => `${n} 크레딧`
const of = ({ credits: n }: ReportedFinding) => credits(n)

export const ko: AuditTexts = {
  begins: day => `${day}에 구매 내역과 멤버십의 모든 달을 크레딧과 비교했습니다.`,
  correct: '모두 정확합니다.',
  granted_correctly: '받아야 할 크레딧은 모두 지급되었습니다.',
  found: n => `차이 ${n}건을 발견했습니다:`,
  corrected: '수정됨',
  all_corrected: '모두 수정되었습니다.',
  needs_approval: '나머지는 다른 담당자의 승인을 기다리고 있습니다.',
  declined: '나머지는 다른 담당자가 확인했으며 변경하지 않았습니다. 이의가 있으시면 고객 지원에 알려 주세요.',
  open: '나머지는 담당 팀이 확인하고 있습니다.',
  month_returned: (n, day) => `${day}에 시작된 달의 결제가 환불되어 ${credits(n)}이 회수되었습니다.`,
  apology: n => `불편을 드려 죄송합니다. ${credits(n)}을 추가해 드렸습니다.`,
  received: n => `지금까지 받은 ${credits(n)} 중`,
  spent: n => `${n}은 생성에 사용`,
  held: n => `${n}은 진행 중인 작업에 예약`,
  expired: n => `${n}은 만료`,
  money_back: n => `${n}은 결제 환불로 회수`,
  corrections: n => `${n}은 수정 과정에서 회수 또는 교체`,
  by_support: n => `${n}은 고객 지원팀이 차감`,
  available: n => `${n}이 남아 있습니다`,
  list: parts => parts.join(', '),
  removed: (n, day, reason) => `${day}: 고객 지원팀이 ${credits(n)}을 차감했습니다. 사유: ${reason}`,
  restored: '복원됨',
  offer: n => `차감된 ${credits(n)}이 잘못된 것이라면 고객 지원팀에 알려 주세요. 복원해 드립니다.`,
  findings: {
    grant_missing: finding => `${of(finding)}이 지급되지 않았습니다`,
    grant_overdue: finding => `지급일이 지난 ${of(finding)}이 지급되지 않았습니다`,
    granted_twice: finding => `${of(finding)}이 두 번 지급되었습니다`,
    wrong_amount: finding => `${of(finding)}이 ${finding.hurts ? '적게' : '많이'} 지급되었습니다`,
    wrong_expiry: finding => `${of(finding)}의 만료일이 잘못되었습니다`,
    wrong_freeze: finding =>
      finding.hurts
        ? `${of(finding)}이 실수로 회원 전용이 되었습니다`
        : `${of(finding)}이 실수로 회원 전용이 되지 않았습니다`,
    wrong_source: finding => `${of(finding)}이 다른 종류의 크레딧으로 기록되었습니다`,
    unexplained_credits: finding => `${of(finding)}의 지급 사유를 찾을 수 없었습니다`,
    payment_without_credits: finding => `결제는 되었지만 ${of(finding)}이 지급되지 않았습니다`,
    renewal_missed: () => '멤버십 결제가 기록되지 않았습니다',
    credits_without_payment: finding => `구매한 ${of(finding)}의 결제가 없었습니다`,
    refund_not_taken: finding => `환불된 결제의 ${of(finding)}이 남아 있었습니다`,
    hold_never_settled: finding => `끝난 생성에 ${of(finding)}이 계속 예약되어 있었습니다`,
    orphaned_hold: finding => `끝난 생성에 ${of(finding)}이 계속 예약되어 있었습니다`,
    wrong_membership_end: () => '멤버십 종료일이 잘못되었습니다',
    lot_differs: finding => `${of(finding)}이 내역과 일치하지 않았습니다`,
    lot_missing: finding => `내역에 있는 ${of(finding)}이 잔액에서 빠져 있었습니다`,
    sums_differ: () => '잔액이 보유 크레딧과 일치하지 않았습니다',
    entries_differ: () => '내역의 항목이 크레딧과 일치하지 않았습니다',
    chain_broken: () => '기록의 항목이 변경되어 있었습니다',
    chain_cut: () => '마지막 기록이 빠져 있었습니다',
    inconsistency: () => '기록이 서로 맞지 않습니다',
  },
}
