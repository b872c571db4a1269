"""Contains all the data models used in inputs/outputs"""

from .account import Account
from .account_language import AccountLanguage
from .account_limits import AccountLimits
from .account_limits_concurrency import AccountLimitsConcurrency
from .account_next_refresh import AccountNextRefresh
from .acknowledge_attention_body import AcknowledgeAttentionBody
from .acknowledge_attention_response_200 import AcknowledgeAttentionResponse200
from .acknowledge_purchase_body import AcknowledgePurchaseBody
from .activity import Activity
from .activity_detail import ActivityDetail
from .adjust_balance_body import AdjustBalanceBody
from .adjust_balance_response_201 import AdjustBalanceResponse201
from .advance_test_clock_body import AdvanceTestClockBody
from .advance_test_clock_response_200 import AdvanceTestClockResponse200
from .approval import Approval
from .approval_kind import ApprovalKind
from .approval_state import ApprovalState
from .assign_payment_body import AssignPaymentBody
from .attention_item import AttentionItem
from .attention_item_actions_item import AttentionItemActionsItem
from .attention_item_actions_item_body import AttentionItemActionsItemBody
from .attention_item_actions_item_method import AttentionItemActionsItemMethod
from .attention_item_kind import AttentionItemKind
from .attention_item_subject import AttentionItemSubject
from .audit import Audit
from .audit_account_body import AuditAccountBody
from .audit_corrections_item import AuditCorrectionsItem
from .audit_deductions import AuditDeductions
from .audit_deductions_by_support_item import AuditDeductionsBySupportItem
from .audit_expected import AuditExpected
from .audit_findings_item import AuditFindingsItem
from .audit_ledger import AuditLedger
from .audit_payments_item import AuditPaymentsItem
from .audit_state import AuditState
from .balance import Balance
from .balance_by_source import BalanceBySource
from .balance_by_source_additional_property import BalanceBySourceAdditionalProperty
from .balance_daily_limit import BalanceDailyLimit
from .balance_next_expiry import BalanceNextExpiry
from .balance_next_grant import BalanceNextGrant
from .balance_trials import BalanceTrials
from .balance_trials_additional_property import BalanceTrialsAdditionalProperty
from .balance_unlimited import BalanceUnlimited
from .billing_details import BillingDetails
from .campaign import Campaign
from .campaign_audience_type_1 import CampaignAudienceType1
from .campaign_audience_type_2 import CampaignAudienceType2
from .campaign_progress import CampaignProgress
from .campaign_spendable_by import CampaignSpendableBy
from .campaign_state import CampaignState
from .campaign_validity_type_1 import CampaignValidityType1
from .campaign_window import CampaignWindow
from .cancel_generation_body import CancelGenerationBody
from .cancel_membership_body import CancelMembershipBody
from .cancel_membership_body_when import CancelMembershipBodyWhen
from .change_membership_body import ChangeMembershipBody
from .change_membership_body_when import ChangeMembershipBodyWhen
from .charge_credits_body import ChargeCreditsBody
from .charge_credits_body_metadata import ChargeCreditsBodyMetadata
from .charge_credits_body_options import ChargeCreditsBodyOptions
from .charge_credits_body_usage import ChargeCreditsBodyUsage
from .check_code_body import CheckCodeBody
from .check_code_response_200 import CheckCodeResponse200
from .check_code_response_200_status import CheckCodeResponse200Status
from .close_account_response_200 import CloseAccountResponse200
from .combine_memberships_body import CombineMembershipsBody
from .compare_policy_body import ComparePolicyBody
from .compensate_account_body import CompensateAccountBody
from .compensation import Compensation
from .compensation_state import CompensationState
from .complete_generation_body import CompleteGenerationBody
from .complete_generation_body_items_item import CompleteGenerationBodyItemsItem
from .complete_generation_body_items_item_usage import CompleteGenerationBodyItemsItemUsage
from .complete_generation_body_usage import CompleteGenerationBodyUsage
from .create_key_body import CreateKeyBody
from .create_key_body_scope import CreateKeyBodyScope
from .create_key_response_201 import CreateKeyResponse201
from .create_key_response_201_scope import CreateKeyResponse201Scope
from .create_portal_session_body import CreatePortalSessionBody
from .create_portal_session_body_locale import CreatePortalSessionBodyLocale
from .create_portal_session_response_201 import CreatePortalSessionResponse201
from .create_test_clock_body import CreateTestClockBody
from .create_test_clock_response_201 import CreateTestClockResponse201
from .create_webhook_endpoint_body import CreateWebhookEndpointBody
from .create_webhook_endpoint_body_events_item import CreateWebhookEndpointBodyEventsItem
from .create_webhook_endpoint_response_201 import CreateWebhookEndpointResponse201
from .create_webhook_endpoint_response_201_disabled_because import CreateWebhookEndpointResponse201DisabledBecause
from .create_webhook_endpoint_response_201_state import CreateWebhookEndpointResponse201State
from .credits_expiring_event import CreditsExpiringEvent
from .credits_expiring_event_data import CreditsExpiringEventData
from .credits_granted_event import CreditsGrantedEvent
from .credits_granted_event_data import CreditsGrantedEventData
from .credits_granted_event_data_origin import CreditsGrantedEventDataOrigin
from .credits_low_event import CreditsLowEvent
from .credits_low_event_data import CreditsLowEventData
from .decline_request_body import DeclineRequestBody
from .defect import Defect
from .defect_state import DefectState
from .dismiss_payment_body import DismissPaymentBody
from .dismiss_payment_response_200 import DismissPaymentResponse200
from .email import Email
from .email_kind import EmailKind
from .email_state import EmailState
from .entry import Entry
from .extend_generation_body import ExtendGenerationBody
from .extend_generation_body_usage import ExtendGenerationBodyUsage
from .fail_generation_body import FailGenerationBody
from .generation import Generation
from .generation_draws_item import GenerationDrawsItem
from .generation_items_item import GenerationItemsItem
from .generation_metadata import GenerationMetadata
from .generation_refunded_event import GenerationRefundedEvent
from .generation_refunded_event_data import GenerationRefundedEventData
from .generation_refusal import GenerationRefusal
from .generation_state import GenerationState
from .generation_usage import GenerationUsage
from .generation_usage_estimate import GenerationUsageEstimate
from .get_audit_language import GetAuditLanguage
from .get_billing_details_response_200 import GetBillingDetailsResponse200
from .get_billing_details_response_200_billing_details import GetBillingDetailsResponse200BillingDetails
from .get_invoice_language import GetInvoiceLanguage
from .get_policy_response_200 import GetPolicyResponse200
from .get_policy_response_200_next import GetPolicyResponse200Next
from .get_report_test_clocks import GetReportTestClocks
from .give_code_address_body import GiveCodeAddressBody
from .grant_credits_body import GrantCreditsBody
from .health import Health
from .health_counts_item import HealthCountsItem
from .health_schedules_type_0_item import HealthSchedulesType0Item
from .import_ import Import
from .import_accounts import ImportAccounts
from .import_credits_item import ImportCreditsItem
from .import_records_body import ImportRecordsBody
from .import_records_body_accounts_item import ImportRecordsBodyAccountsItem
from .import_records_body_codes_item import ImportRecordsBodyCodesItem
from .import_records_body_lots_item import ImportRecordsBodyLotsItem
from .import_records_body_memberships_item import ImportRecordsBodyMembershipsItem
from .import_records_item import ImportRecordsItem
from .import_records_item_kind import ImportRecordsItemKind
from .import_rejected_item import ImportRejectedItem
from .import_rejected_item_kind import ImportRejectedItemKind
from .import_state import ImportState
from .invoice import Invoice
from .invoice_buyer import InvoiceBuyer
from .invoice_kind import InvoiceKind
from .invoice_lines_item import InvoiceLinesItem
from .invoice_lines_item_kind import InvoiceLinesItemKind
from .invoice_seller import InvoiceSeller
from .invoice_state import InvoiceState
from .invoice_tax import InvoiceTax
from .lapse_membership_body import LapseMembershipBody
from .limits import Limits
from .limits_limit_overrides import LimitsLimitOverrides
from .limits_limit_overrides_arrangement import LimitsLimitOverridesArrangement
from .list_accounts_member import ListAccountsMember
from .list_accounts_needs_attention import ListAccountsNeedsAttention
from .list_accounts_response_200 import ListAccountsResponse200
from .list_accounts_status import ListAccountsStatus
from .list_activity_response_200 import ListActivityResponse200
from .list_approvals_response_200 import ListApprovalsResponse200
from .list_attention_kind import ListAttentionKind
from .list_attention_response_200 import ListAttentionResponse200
from .list_attention_response_200_counts import ListAttentionResponse200Counts
from .list_audits_language import ListAuditsLanguage
from .list_audits_response_200 import ListAuditsResponse200
from .list_campaigns_response_200 import ListCampaignsResponse200
from .list_defects_response_200 import ListDefectsResponse200
from .list_emails_response_200 import ListEmailsResponse200
from .list_entries_response_200 import ListEntriesResponse200
from .list_generations_response_200 import ListGenerationsResponse200
from .list_invoices_response_200 import ListInvoicesResponse200
from .list_keys_response_200 import ListKeysResponse200
from .list_keys_response_200_data_item import ListKeysResponse200DataItem
from .list_keys_response_200_data_item_scope import ListKeysResponse200DataItemScope
from .list_lots_response_200 import ListLotsResponse200
from .list_memberships_response_200 import ListMembershipsResponse200
from .list_operations_response_200 import ListOperationsResponse200
from .list_packs_response_200 import ListPacksResponse200
from .list_purchases_response_200 import ListPurchasesResponse200
from .list_search_results_response_200 import ListSearchResultsResponse200
from .list_unassigned_payments_response_200 import ListUnassignedPaymentsResponse200
from .list_unassigned_payments_response_200_data_item import ListUnassignedPaymentsResponse200DataItem
from .list_usage_group_by import ListUsageGroupBy
from .list_usage_response_200 import ListUsageResponse200
from .list_usage_response_200_data_item import ListUsageResponse200DataItem
from .list_webhook_deliveries_response_200 import ListWebhookDeliveriesResponse200
from .list_webhook_deliveries_state import ListWebhookDeliveriesState
from .list_webhook_endpoints_response_200 import ListWebhookEndpointsResponse200
from .listed_account import ListedAccount
from .lot import Lot
from .lot_origin import LotOrigin
from .membership import Membership
from .membership_ended_event import MembershipEndedEvent
from .membership_ended_event_data import MembershipEndedEventData
from .membership_history_item import MembershipHistoryItem
from .membership_history_item_detail import MembershipHistoryItemDetail
from .membership_joins import MembershipJoins
from .membership_lapsed_event import MembershipLapsedEvent
from .membership_lapsed_event_data import MembershipLapsedEventData
from .membership_next_grant import MembershipNextGrant
from .membership_past_due_event import MembershipPastDueEvent
from .membership_past_due_event_data import MembershipPastDueEventData
from .membership_reactivated_event import MembershipReactivatedEvent
from .membership_reactivated_event_data import MembershipReactivatedEventData
from .membership_scheduled_change import MembershipScheduledChange
from .membership_state import MembershipState
from .membership_subscription_change import MembershipSubscriptionChange
from .membership_subscription_change_state import MembershipSubscriptionChangeState
from .membership_subscription_change_to import MembershipSubscriptionChangeTo
from .operation import Operation
from .operation_free_trials import OperationFreeTrials
from .operation_options import OperationOptions
from .operation_price_range import OperationPriceRange
from .operation_requires import OperationRequires
from .operation_settlement import OperationSettlement
from .operation_settlement_excess import OperationSettlementExcess
from .pack import Pack
from .pack_delivery import PackDelivery
from .pack_prices_item import PackPricesItem
from .pack_validity_type_1 import PackValidityType1
from .payment_method import PaymentMethod
from .pending_refund import PendingRefund
from .pending_subscription_refund import PendingSubscriptionRefund
from .policy import Policy
from .policy_announced_event import PolicyAnnouncedEvent
from .policy_announced_event_data import PolicyAnnouncedEventData
from .policy_announced_event_data_changes_item import PolicyAnnouncedEventDataChangesItem
from .policy_diff import PolicyDiff
from .policy_diff_changes_item import PolicyDiffChangesItem
from .policy_sections_item import PolicySectionsItem
from .preview_adjustment_body import PreviewAdjustmentBody
from .preview_adjustment_response_200 import PreviewAdjustmentResponse200
from .preview_adjustment_response_200_after import PreviewAdjustmentResponse200After
from .preview_adjustment_response_200_before import PreviewAdjustmentResponse200Before
from .preview_adjustment_response_200_result import PreviewAdjustmentResponse200Result
from .preview_compensation_body import PreviewCompensationBody
from .preview_compensation_response_200 import PreviewCompensationResponse200
from .preview_compensation_response_200_after import PreviewCompensationResponse200After
from .preview_compensation_response_200_before import PreviewCompensationResponse200Before
from .preview_grant_body import PreviewGrantBody
from .preview_grant_response_200 import PreviewGrantResponse200
from .preview_grant_response_200_after import PreviewGrantResponse200After
from .preview_grant_response_200_before import PreviewGrantResponse200Before
from .price_line import PriceLine
from .problem import Problem
from .problem_code import ProblemCode
from .purchase import Purchase
from .purchase_bank_transfer import PurchaseBankTransfer
from .purchase_code import PurchaseCode
from .purchase_code_email_problem import PurchaseCodeEmailProblem
from .purchase_code_status import PurchaseCodeStatus
from .purchase_delayed_event import PurchaseDelayedEvent
from .purchase_delayed_event_data import PurchaseDelayedEventData
from .purchase_disputed_event import PurchaseDisputedEvent
from .purchase_disputed_event_data import PurchaseDisputedEventData
from .purchase_fulfilled_event import PurchaseFulfilledEvent
from .purchase_fulfilled_event_data import PurchaseFulfilledEventData
from .purchase_refund import PurchaseRefund
from .purchase_refunded_event import PurchaseRefundedEvent
from .purchase_refunded_event_data import PurchaseRefundedEventData
from .purchase_state import PurchaseState
from .purchase_timeline_item import PurchaseTimelineItem
from .purchase_timeline_item_detail import PurchaseTimelineItemDetail
from .put_account_body import PutAccountBody
from .put_account_body_language import PutAccountBodyLanguage
from .put_billing_details_response_200 import PutBillingDetailsResponse200
from .put_billing_details_response_200_billing_details import PutBillingDetailsResponse200BillingDetails
from .quote import Quote
from .quote_draws_item import QuoteDrawsItem
from .quote_generation_body import QuoteGenerationBody
from .quote_generation_body_options import QuoteGenerationBodyOptions
from .quote_generation_body_usage_estimate import QuoteGenerationBodyUsageEstimate
from .quote_refusal import QuoteRefusal
from .rate_card import RateCard
from .rate_card_rounding import RateCardRounding
from .rate_meter import RateMeter
from .rate_option import RateOption
from .reactivate_membership_body import ReactivateMembershipBody
from .record_invoice_payment_body import RecordInvoicePaymentBody
from .record_payment_body import RecordPaymentBody
from .redeem_code_body import RedeemCodeBody
from .refund_purchase_body import RefundPurchaseBody
from .refund_subscription_body import RefundSubscriptionBody
from .refund_terms import RefundTerms
from .refund_terms_by_exception import RefundTermsByException
from .refund_terms_by_policy import RefundTermsByPolicy
from .refund_terms_refusal import RefundTermsRefusal
from .reissue_purchase_body import ReissuePurchaseBody
from .renew_membership_body import RenewMembershipBody
from .replace_code_body import ReplaceCodeBody
from .report import Report
from .report_defect_body import ReportDefectBody
from .report_defect_response_200 import ReportDefectResponse200
from .report_defect_response_200_corrections import ReportDefectResponse200Corrections
from .report_missing_credits_body import ReportMissingCreditsBody
from .resend_code_body import ResendCodeBody
from .reserve_generation_body import ReserveGenerationBody
from .reserve_generation_body_metadata import ReserveGenerationBodyMetadata
from .reserve_generation_body_options import ReserveGenerationBodyOptions
from .reserve_generation_body_usage_estimate import ReserveGenerationBodyUsageEstimate
from .restore_audited_deductions_body import RestoreAuditedDeductionsBody
from .retry_attention_body import RetryAttentionBody
from .retry_attention_response_200 import RetryAttentionResponse200
from .rotate_webhook_secret_response_200 import RotateWebhookSecretResponse200
from .rotate_webhook_secret_response_200_disabled_because import RotateWebhookSecretResponse200DisabledBecause
from .rotate_webhook_secret_response_200_state import RotateWebhookSecretResponse200State
from .search_purchases_body import SearchPurchasesBody
from .search_purchases_response_200 import SearchPurchasesResponse200
from .search_result import SearchResult
from .search_result_kind import SearchResultKind
from .search_result_matched import SearchResultMatched
from .set_limits_body import SetLimitsBody
from .set_limits_body_arrangement import SetLimitsBodyArrangement
from .set_limits_body_arrangement_kind import SetLimitsBodyArrangementKind
from .start_campaign_body import StartCampaignBody
from .start_campaign_body_audience_type_1 import StartCampaignBodyAudienceType1
from .start_campaign_body_audience_type_2 import StartCampaignBodyAudienceType2
from .start_campaign_body_spendable_by import StartCampaignBodySpendableBy
from .start_campaign_body_validity_type_1 import StartCampaignBodyValidityType1
from .start_campaign_body_window import StartCampaignBodyWindow
from .start_membership_body import StartMembershipBody
from .start_membership_body_provider import StartMembershipBodyProvider
from .start_purchase_body import StartPurchaseBody
from .start_purchase_body_provider import StartPurchaseBodyProvider
from .subscription_refund_terms import SubscriptionRefundTerms
from .subscription_refund_terms_by_exception import SubscriptionRefundTermsByException
from .subscription_refund_terms_payments_item import SubscriptionRefundTermsPaymentsItem
from .undo_cancel_membership_body import UndoCancelMembershipBody
from .undo_change_membership_body import UndoChangeMembershipBody
from .usage_row import UsageRow
from .webhook_delivery import WebhookDelivery
from .webhook_delivery_state import WebhookDeliveryState
from .webhook_endpoint import WebhookEndpoint
from .webhook_endpoint_disabled_because import WebhookEndpointDisabledBecause
from .webhook_endpoint_state import WebhookEndpointState
from .webhook_test_event import WebhookTestEvent
from .webhook_test_event_data import WebhookTestEventData

__all__ = (
    "Account",
    "AccountLanguage",
    "AccountLimits",
    "AccountLimitsConcurrency",
    "AccountNextRefresh",
    "AcknowledgeAttentionBody",
    "AcknowledgeAttentionResponse200",
    "AcknowledgePurchaseBody",
    "Activity",
    "ActivityDetail",
    "AdjustBalanceBody",
    "AdjustBalanceResponse201",
    "AdvanceTestClockBody",
    "AdvanceTestClockResponse200",
    "Approval",
    "ApprovalKind",
    "ApprovalState",
    "AssignPaymentBody",
    "AttentionItem",
    "AttentionItemActionsItem",
    "AttentionItemActionsItemBody",
    "AttentionItemActionsItemMethod",
    "AttentionItemKind",
    "AttentionItemSubject",
    "Audit",
    "AuditAccountBody",
    "AuditCorrectionsItem",
    "AuditDeductions",
    "AuditDeductionsBySupportItem",
    "AuditExpected",
    "AuditFindingsItem",
    "AuditLedger",
    "AuditPaymentsItem",
    "AuditState",
    "Balance",
    "BalanceBySource",
    "BalanceBySourceAdditionalProperty",
    "BalanceDailyLimit",
    "BalanceNextExpiry",
    "BalanceNextGrant",
    "BalanceTrials",
    "BalanceTrialsAdditionalProperty",
    "BalanceUnlimited",
    "BillingDetails",
    "Campaign",
    "CampaignAudienceType1",
    "CampaignAudienceType2",
    "CampaignProgress",
    "CampaignSpendableBy",
    "CampaignState",
    "CampaignValidityType1",
    "CampaignWindow",
    "CancelGenerationBody",
    "CancelMembershipBody",
    "CancelMembershipBodyWhen",
    "ChangeMembershipBody",
    "ChangeMembershipBodyWhen",
    "ChargeCreditsBody",
    "ChargeCreditsBodyMetadata",
    "ChargeCreditsBodyOptions",
    "ChargeCreditsBodyUsage",
    "CheckCodeBody",
    "CheckCodeResponse200",
    "CheckCodeResponse200Status",
    "CloseAccountResponse200",
    "CombineMembershipsBody",
    "ComparePolicyBody",
    "CompensateAccountBody",
    "Compensation",
    "CompensationState",
    "CompleteGenerationBody",
    "CompleteGenerationBodyItemsItem",
    "CompleteGenerationBodyItemsItemUsage",
    "CompleteGenerationBodyUsage",
    "CreateKeyBody",
    "CreateKeyBodyScope",
    "CreateKeyResponse201",
    "CreateKeyResponse201Scope",
    "CreatePortalSessionBody",
    "CreatePortalSessionBodyLocale",
    "CreatePortalSessionResponse201",
    "CreateTestClockBody",
    "CreateTestClockResponse201",
    "CreateWebhookEndpointBody",
    "CreateWebhookEndpointBodyEventsItem",
    "CreateWebhookEndpointResponse201",
    "CreateWebhookEndpointResponse201DisabledBecause",
    "CreateWebhookEndpointResponse201State",
    "CreditsExpiringEvent",
    "CreditsExpiringEventData",
    "CreditsGrantedEvent",
    "CreditsGrantedEventData",
    "CreditsGrantedEventDataOrigin",
    "CreditsLowEvent",
    "CreditsLowEventData",
    "DeclineRequestBody",
    "Defect",
    "DefectState",
    "DismissPaymentBody",
    "DismissPaymentResponse200",
    "Email",
    "EmailKind",
    "EmailState",
    "Entry",
    "ExtendGenerationBody",
    "ExtendGenerationBodyUsage",
    "FailGenerationBody",
    "Generation",
    "GenerationDrawsItem",
    "GenerationItemsItem",
    "GenerationMetadata",
    "GenerationRefundedEvent",
    "GenerationRefundedEventData",
    "GenerationRefusal",
    "GenerationState",
    "GenerationUsage",
    "GenerationUsageEstimate",
    "GetAuditLanguage",
    "GetBillingDetailsResponse200",
    "GetBillingDetailsResponse200BillingDetails",
    "GetInvoiceLanguage",
    "GetPolicyResponse200",
    "GetPolicyResponse200Next",
    "GetReportTestClocks",
    "GiveCodeAddressBody",
    "GrantCreditsBody",
    "Health",
    "HealthCountsItem",
    "HealthSchedulesType0Item",
    "Import",
    "ImportAccounts",
    "ImportCreditsItem",
    "ImportRecordsBody",
    "ImportRecordsBodyAccountsItem",
    "ImportRecordsBodyCodesItem",
    "ImportRecordsBodyLotsItem",
    "ImportRecordsBodyMembershipsItem",
    "ImportRecordsItem",
    "ImportRecordsItemKind",
    "ImportRejectedItem",
    "ImportRejectedItemKind",
    "ImportState",
    "Invoice",
    "InvoiceBuyer",
    "InvoiceKind",
    "InvoiceLinesItem",
    "InvoiceLinesItemKind",
    "InvoiceSeller",
    "InvoiceState",
    "InvoiceTax",
    "LapseMembershipBody",
    "Limits",
    "LimitsLimitOverrides",
    "LimitsLimitOverridesArrangement",
    "ListAccountsMember",
    "ListAccountsNeedsAttention",
    "ListAccountsResponse200",
    "ListAccountsStatus",
    "ListActivityResponse200",
    "ListApprovalsResponse200",
    "ListAttentionKind",
    "ListAttentionResponse200",
    "ListAttentionResponse200Counts",
    "ListAuditsLanguage",
    "ListAuditsResponse200",
    "ListCampaignsResponse200",
    "ListDefectsResponse200",
    "ListedAccount",
    "ListEmailsResponse200",
    "ListEntriesResponse200",
    "ListGenerationsResponse200",
    "ListInvoicesResponse200",
    "ListKeysResponse200",
    "ListKeysResponse200DataItem",
    "ListKeysResponse200DataItemScope",
    "ListLotsResponse200",
    "ListMembershipsResponse200",
    "ListOperationsResponse200",
    "ListPacksResponse200",
    "ListPurchasesResponse200",
    "ListSearchResultsResponse200",
    "ListUnassignedPaymentsResponse200",
    "ListUnassignedPaymentsResponse200DataItem",
    "ListUsageGroupBy",
    "ListUsageResponse200",
    "ListUsageResponse200DataItem",
    "ListWebhookDeliveriesResponse200",
    "ListWebhookDeliveriesState",
    "ListWebhookEndpointsResponse200",
    "Lot",
    "LotOrigin",
    "Membership",
    "MembershipEndedEvent",
    "MembershipEndedEventData",
    "MembershipHistoryItem",
    "MembershipHistoryItemDetail",
    "MembershipJoins",
    "MembershipLapsedEvent",
    "MembershipLapsedEventData",
    "MembershipNextGrant",
    "MembershipPastDueEvent",
    "MembershipPastDueEventData",
    "MembershipReactivatedEvent",
    "MembershipReactivatedEventData",
    "MembershipScheduledChange",
    "MembershipState",
    "MembershipSubscriptionChange",
    "MembershipSubscriptionChangeState",
    "MembershipSubscriptionChangeTo",
    "Operation",
    "OperationFreeTrials",
    "OperationOptions",
    "OperationPriceRange",
    "OperationRequires",
    "OperationSettlement",
    "OperationSettlementExcess",
    "Pack",
    "PackDelivery",
    "PackPricesItem",
    "PackValidityType1",
    "PaymentMethod",
    "PendingRefund",
    "PendingSubscriptionRefund",
    "Policy",
    "PolicyAnnouncedEvent",
    "PolicyAnnouncedEventData",
    "PolicyAnnouncedEventDataChangesItem",
    "PolicyDiff",
    "PolicyDiffChangesItem",
    "PolicySectionsItem",
    "PreviewAdjustmentBody",
    "PreviewAdjustmentResponse200",
    "PreviewAdjustmentResponse200After",
    "PreviewAdjustmentResponse200Before",
    "PreviewAdjustmentResponse200Result",
    "PreviewCompensationBody",
    "PreviewCompensationResponse200",
    "PreviewCompensationResponse200After",
    "PreviewCompensationResponse200Before",
    "PreviewGrantBody",
    "PreviewGrantResponse200",
    "PreviewGrantResponse200After",
    "PreviewGrantResponse200Before",
    "PriceLine",
    "Problem",
    "ProblemCode",
    "Purchase",
    "PurchaseBankTransfer",
    "PurchaseCode",
    "PurchaseCodeEmailProblem",
    "PurchaseCodeStatus",
    "PurchaseDelayedEvent",
    "PurchaseDelayedEventData",
    "PurchaseDisputedEvent",
    "PurchaseDisputedEventData",
    "PurchaseFulfilledEvent",
    "PurchaseFulfilledEventData",
    "PurchaseRefund",
    "PurchaseRefundedEvent",
    "PurchaseRefundedEventData",
    "PurchaseState",
    "PurchaseTimelineItem",
    "PurchaseTimelineItemDetail",
    "PutAccountBody",
    "PutAccountBodyLanguage",
    "PutBillingDetailsResponse200",
    "PutBillingDetailsResponse200BillingDetails",
    "Quote",
    "QuoteDrawsItem",
    "QuoteGenerationBody",
    "QuoteGenerationBodyOptions",
    "QuoteGenerationBodyUsageEstimate",
    "QuoteRefusal",
    "RateCard",
    "RateCardRounding",
    "RateMeter",
    "RateOption",
    "ReactivateMembershipBody",
    "RecordInvoicePaymentBody",
    "RecordPaymentBody",
    "RedeemCodeBody",
    "RefundPurchaseBody",
    "RefundSubscriptionBody",
    "RefundTerms",
    "RefundTermsByException",
    "RefundTermsByPolicy",
    "RefundTermsRefusal",
    "ReissuePurchaseBody",
    "RenewMembershipBody",
    "ReplaceCodeBody",
    "Report",
    "ReportDefectBody",
    "ReportDefectResponse200",
    "ReportDefectResponse200Corrections",
    "ReportMissingCreditsBody",
    "ResendCodeBody",
    "ReserveGenerationBody",
    "ReserveGenerationBodyMetadata",
    "ReserveGenerationBodyOptions",
    "ReserveGenerationBodyUsageEstimate",
    "RestoreAuditedDeductionsBody",
    "RetryAttentionBody",
    "RetryAttentionResponse200",
    "RotateWebhookSecretResponse200",
    "RotateWebhookSecretResponse200DisabledBecause",
    "RotateWebhookSecretResponse200State",
    "SearchPurchasesBody",
    "SearchPurchasesResponse200",
    "SearchResult",
    "SearchResultKind",
    "SearchResultMatched",
    "SetLimitsBody",
    "SetLimitsBodyArrangement",
    "SetLimitsBodyArrangementKind",
    "StartCampaignBody",
    "StartCampaignBodyAudienceType1",
    "StartCampaignBodyAudienceType2",
    "StartCampaignBodySpendableBy",
    "StartCampaignBodyValidityType1",
    "StartCampaignBodyWindow",
    "StartMembershipBody",
    "StartMembershipBodyProvider",
    "StartPurchaseBody",
    "StartPurchaseBodyProvider",
    "SubscriptionRefundTerms",
    "SubscriptionRefundTermsByException",
    "SubscriptionRefundTermsPaymentsItem",
    "UndoCancelMembershipBody",
    "UndoChangeMembershipBody",
    "UsageRow",
    "WebhookDelivery",
    "WebhookDeliveryState",
    "WebhookEndpoint",
    "WebhookEndpointDisabledBecause",
    "WebhookEndpointState",
    "WebhookTestEvent",
    "WebhookTestEventData",
)
