export interface paths {
    "/v1/accounts/{account}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an account with its plan and credits
         * @description Scope: read.
         */
        get: operations["getAccount"];
        /**
         * Create or update an account
         * @description Scope: manage.
         */
        put: operations["putAccount"];
        post?: never;
        /**
         * Close an account for ever; export its entries first
         * @description Scope: manage.
         */
        delete: operations["closeAccount"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account}/balance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the balance, now or at a past time
         * @description Scope: read.
         */
        get: operations["getBalance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account}/memberships": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the memberships of an account
         * @description Scope: read.
         */
        get: operations["listMemberships"];
        put?: never;
        /**
         * Start a membership
         * @description Scope: manage.
         */
        post: operations["startMembership"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/memberships/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a membership with its history
         * @description Scope: read.
         */
        get: operations["getMembership"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/memberships/combine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Combine memberships
         * @description Scope: support.
         */
        post: operations["combineMemberships"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/memberships/{id}/renew": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Renew a membership
         * @description Scope: manage.
         */
        post: operations["renewMembership"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/memberships/{id}/reactivate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reactivate a lapsed membership
         * @description Scope: manage.
         */
        post: operations["reactivateMembership"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/memberships/{id}/lapse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lapse a membership and freeze members-only credits
         * @description Scope: manage.
         */
        post: operations["lapseMembership"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/memberships/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a membership, now or at the end of the paid period
         * @description Scope: manage.
         */
        post: operations["cancelMembership"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/memberships/{id}/change": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change the plan or slots of a membership
         * @description Scope: manage.
         */
        post: operations["changeMembership"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/packs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the packs that an account may buy
         * @description Scope: read.
         */
        get: operations["listPacks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account}/purchases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start a purchase
         * @description Scope: manage.
         */
        post: operations["startPurchase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/purchases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List purchases of an account or with a provider's reference, newest first
         * @description Scope: read.
         */
        get: operations["listPurchases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/purchases/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a purchase with its timeline
         * @description Scope: read.
         */
        get: operations["getPurchase"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/purchases/{id}/payment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Record a manual payment
         * @description Scope: manage.
         */
        post: operations["recordPayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/purchases/{id}/missing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Report missing credits
         * @description Scope: manage.
         */
        post: operations["reportMissingCredits"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/purchases/{id}/reissue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reissue missing credits, exactly once
         * @description Scope: support.
         */
        post: operations["reissuePurchase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/purchases/{id}/refund": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refund a purchase and revoke its credits
         * @description Scope: support.
         */
        post: operations["refundPurchase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/unassigned-payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List payments that fit no purchase, oldest first
         * @description Scope: support.
         */
        get: operations["listUnassignedPayments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/unassigned-payments/{payment}/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Assign a payment to a purchase, or to an account and a pack, once
         * @description Scope: support.
         */
        post: operations["assignPayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/unassigned-payments/{payment}/dismiss": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Dismiss a payment that was dealt with elsewhere
         * @description Scope: support.
         */
        post: operations["dismissPayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account}/invoices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List invoices, newest first
         * @description Scope: read.
         */
        get: operations["listInvoices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account}/invoices/{invoice}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an invoice, as JSON or as a printable page
         * @description Scope: read.
         */
        get: operations["getInvoice"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/purchases/{id}/code/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resend the email with a code
         * @description Scope: support.
         */
        post: operations["resendCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/purchases/{id}/code/replace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace a code and send the new one; the old one is invalid at once
         * @description Scope: support.
         */
        post: operations["replaceCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account}/lots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List lots in spending order
         * @description Scope: read.
         */
        get: operations["listLots"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account}/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Override the policy's limits and terms for an account
         * @description Scope: support.
         */
        put: operations["setLimits"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account}/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List ledger entries, newest first
         * @description Scope: read.
         */
        get: operations["listEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account}/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get spent and refunded credits by day, operation or API key
         * @description Scope: read.
         */
        get: operations["listUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List operations and their costs
         * @description Scope: read.
         */
        get: operations["listOperations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account}/quotes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Quote a generation without holding credits
         * @description Scope: generate.
         */
        post: operations["quoteGeneration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account}/generations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List generations, newest first
         * @description Scope: read.
         */
        get: operations["listGenerations"];
        put?: never;
        /**
         * Reserve credits for a generation
         * @description Scope: generate.
         */
        post: operations["reserveGeneration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/generations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a generation
         * @description Scope: read.
         */
        get: operations["getGeneration"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/generations/{id}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Complete a generation and release what was not delivered
         * @description Scope: generate.
         */
        post: operations["completeGeneration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/generations/{id}/fail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Fail a generation and release its credits
         * @description Scope: generate.
         */
        post: operations["failGeneration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/generations/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a generation and release its credits
         * @description Scope: generate.
         */
        post: operations["cancelGeneration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/generations/{id}/report-defect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Report a defective result; products may allow a free correction
         * @description Scope: generate.
         */
        post: operations["reportDefect"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account}/charges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Charge credits for completed work
         * @description Scope: generate.
         */
        post: operations["chargeCredits"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account}/grants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Grant credits by hand
         * @description Scope: support.
         */
        post: operations["grantCredits"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account}/compensations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Compensate for lost credits; above the policy's cap this needs an approval
         * @description Scope: support.
         */
        post: operations["compensateAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/approvals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List pending approvals, oldest first
         * @description Scope: support.
         */
        get: operations["listApprovals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/approvals/{approval}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve another key's request and carry it out
         * @description Scope: admin.
         */
        post: operations["approveRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account}/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what support did, newest first
         * @description Scope: support.
         */
        get: operations["listActivity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account}/audits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Audit an account and correct what differs; above the policy's cap this needs an approval
         * @description Scope: support.
         */
        post: operations["auditAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audits/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the findings and corrections of an audit
         * @description Scope: support.
         */
        get: operations["getAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/campaigns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List campaigns, newest first
         * @description Scope: support.
         */
        get: operations["listCampaigns"];
        put?: never;
        /**
         * Start a campaign: grant credits once to each account of an audience
         * @description Scope: admin.
         */
        post: operations["startCampaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/campaigns/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a campaign with its progress
         * @description Scope: support.
         */
        get: operations["getCampaign"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/campaigns/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause a campaign
         * @description Scope: admin.
         */
        post: operations["pauseCampaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/campaigns/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume a campaign
         * @description Scope: admin.
         */
        post: operations["resumeCampaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account}/adjustments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Adjust a balance by hand
         * @description Scope: support.
         */
        post: operations["adjustBalance"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account}/portal-sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a one-time link to the customer's Plan & Credits page
         * @description Scope: manage.
         */
        post: operations["createPortalSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/test-clocks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a test clock
         * @description Scope: admin.
         */
        post: operations["createTestClock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/test-clocks/{id}/advance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Advance a test clock and run everything that falls due
         * @description Scope: admin.
         */
        post: operations["advanceTestClock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account}/redemptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Redeem a code
         * @description Scope: generate.
         */
        post: operations["redeemCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/codes/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get the status of a code
         * @description Scope: generate.
         */
        post: operations["checkCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List valid API keys, without their secrets
         * @description Scope: admin.
         */
        get: operations["listKeys"];
        put?: never;
        /**
         * Create an API key; its secret is shown once
         * @description Scope: admin.
         */
        post: operations["createKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an API key immediately
         * @description Scope: admin.
         */
        delete: operations["revokeKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List webhook endpoints, without their secrets
         * @description Scope: admin.
         */
        get: operations["listWebhookEndpoints"];
        put?: never;
        /**
         * Create a webhook endpoint; its secret is shown once
         * @description Scope: admin.
         */
        post: operations["createWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete a webhook endpoint and its deliveries
         * @description Scope: admin.
         */
        delete: operations["deleteWebhookEndpoint"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Enable a webhook endpoint and send pending events
         * @description Scope: admin.
         */
        post: operations["enableWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rotate the secret of a webhook endpoint; the old one stays valid for a day
         * @description Scope: admin.
         */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a test event to a webhook endpoint
         * @description Scope: admin.
         */
        post: operations["testWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the deliveries of the last thirty days, newest first
         * @description Scope: admin.
         */
        get: operations["listWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}/deliveries/{delivery}/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Redeliver an event, with attempts for three more days
         * @description Scope: admin.
         */
        post: operations["redeliverWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/stripe/{product}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive a Stripe event
         * @description Called by Stripe, which signs the body with the endpoint's secret. Returns 2xx once the event is stored; Stripe retries otherwise. Enable checkout.session.completed, checkout.session.async_payment_succeeded, checkout.session.async_payment_failed, checkout.session.expired, charge.succeeded, charge.captured, charge.refunded, charge.refund.updated, refund.created, refund.updated, refund.failed, charge.dispute.created, charge.dispute.updated, charge.dispute.closed, charge.dispute.funds_withdrawn, charge.dispute.funds_reinstated, invoice.voided, invoice.marked_uncollectible, credit_note.created, credit_note.voided, customer.subscription.created, customer.subscription.updated, customer.subscription.deleted, customer.subscription.paused, customer.subscription.resumed, invoice.paid, invoice.payment_failed, credit_note.updated.
         */
        post: operations["receiveStripeEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/gumroad/{product}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive a Gumroad ping
         * @description Called by Gumroad. Pings are unsigned, so the URL carries a secret, and with GUMROAD_TOKEN each sale is verified with the Gumroad API. Returns 2xx once the ping is stored; Gumroad retries otherwise.
         */
        post: operations["receiveGumroadPing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    "credits.granted": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Event credits.granted */
        post: operations["onCreditsGrantedEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "credits.expiring": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Event credits.expiring */
        post: operations["onCreditsExpiringEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "credits.low": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Event credits.low */
        post: operations["onCreditsLowEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "generation.refunded": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Event generation.refunded */
        post: operations["onGenerationRefundedEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "membership.past_due": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Event membership.past_due */
        post: operations["onMembershipPastDueEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "membership.lapsed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Event membership.lapsed */
        post: operations["onMembershipLapsedEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "membership.reactivated": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Event membership.reactivated */
        post: operations["onMembershipReactivatedEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "membership.ended": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Event membership.ended */
        post: operations["onMembershipEndedEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "purchase.fulfilled": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Event purchase.fulfilled */
        post: operations["onPurchaseFulfilledEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "purchase.delayed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Event purchase.delayed */
        post: operations["onPurchaseDelayedEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "purchase.refunded": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Event purchase.refunded */
        post: operations["onPurchaseRefundedEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "purchase.disputed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Event purchase.disputed */
        post: operations["onPurchaseDisputedEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "webhook.test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Event webhook.test */
        post: operations["onWebhookTestEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        /** @description Sent after each grant. */
        CreditsGrantedEvent: {
            /**
             * @description What kind it is.
             * @enum {string}
             */
            type: "credits.granted";
            /**
             * Format: date-time
             * @description When it happened, which may be long before the message is sent.
             */
            timestamp: string;
            /** @description What happened. */
            data: {
                /** @description The product's own id of the account. */
                account: string;
                /** @description Id of the lot. */
                lot: string;
                /** @description Name of the source in the policy, such as purchased or monthly. It decides validity and spending order. */
                source: string;
                /** @description Credits. */
                amount: number;
                /**
                 * Format: date-time
                 * @description When the credits expire; null: never.
                 */
                expires_at: string | null;
                /** @description Why; null if no reason was given. */
                reason: string;
                /** @description What granted the credits. */
                origin: {
                    /** @description Such as membership, purchase, support, campaign or compensation. */
                    type: string;
                    /** @description Id of the membership, purchase or other origin. */
                    id: string;
                };
            } & {
                [key: string]: unknown;
            };
        };
        /** @description Sent seven days and one day before credits expire. */
        CreditsExpiringEvent: {
            /**
             * @description What kind it is.
             * @enum {string}
             */
            type: "credits.expiring";
            /**
             * Format: date-time
             * @description When it happened, which may be long before the message is sent.
             */
            timestamp: string;
            /** @description What happened. */
            data: {
                /** @description The product's own id of the account. */
                account: string;
                /** @description Id of the lot. */
                lot: string;
                /** @description Name of the source in the policy, such as purchased or monthly. It decides validity and spending order. */
                source: string;
                /** @description Credits. */
                amount: number;
                /** @description Days until the credits expire. */
                days: number;
                /**
                 * Format: date-time
                 * @description When the credits expire.
                 */
                expires_at: string;
            } & {
                [key: string]: unknown;
            };
        };
        /** @description Sent when spending crosses the policy's notices.low_credits, at most once a day. */
        CreditsLowEvent: {
            /**
             * @description What kind it is.
             * @enum {string}
             */
            type: "credits.low";
            /**
             * Format: date-time
             * @description When it happened, which may be long before the message is sent.
             */
            timestamp: string;
            /** @description What happened. */
            data: {
                /** @description The product's own id of the account. */
                account: string;
                /** @description Credits that can be spent now. */
                available: number;
                /** @description The threshold of the policy. */
                below: number;
            } & {
                [key: string]: unknown;
            };
        };
        /** @description Sent when credits of a generation are released. */
        GenerationRefundedEvent: {
            /**
             * @description What kind it is.
             * @enum {string}
             */
            type: "generation.refunded";
            /**
             * Format: date-time
             * @description When it happened, which may be long before the message is sent.
             */
            timestamp: string;
            /** @description What happened. */
            data: {
                /** @description The product's own id of the account. */
                account: string;
                /** @description Id of the generation; null if it concerns none. */
                generation: string;
                /** @description Name of the operation in the policy. */
                operation: string;
                /** @description Credits that were released after they had been reserved. */
                refunded: number;
                /** @description Why; null if no reason was given. */
                reason: string;
            } & {
                [key: string]: unknown;
            };
        };
        /** @description Sent when a payment is late. */
        MembershipPastDueEvent: {
            /**
             * @description What kind it is.
             * @enum {string}
             */
            type: "membership.past_due";
            /**
             * Format: date-time
             * @description When it happened, which may be long before the message is sent.
             */
            timestamp: string;
            /** @description What happened. */
            data: {
                /** @description The product's own id of the account. */
                account: string;
                /** @description Id of the membership. */
                membership: string;
                /** @description Id of the plan in the policy. */
                plan: string;
                /** @description Number of seats or units; the monthly credits are multiplied by it. */
                slots: number;
            } & {
                [key: string]: unknown;
            };
        };
        /** @description Sent when a membership lapses. */
        MembershipLapsedEvent: {
            /**
             * @description What kind it is.
             * @enum {string}
             */
            type: "membership.lapsed";
            /**
             * Format: date-time
             * @description When it happened, which may be long before the message is sent.
             */
            timestamp: string;
            /** @description What happened. */
            data: {
                /** @description The product's own id of the account. */
                account: string;
                /** @description Id of the membership. */
                membership: string;
                /** @description Id of the plan in the policy. */
                plan: string;
                /** @description Number of seats or units; the monthly credits are multiplied by it. */
                slots: number;
            } & {
                [key: string]: unknown;
            };
        };
        /** @description Sent when a lapsed membership is paid again. */
        MembershipReactivatedEvent: {
            /**
             * @description What kind it is.
             * @enum {string}
             */
            type: "membership.reactivated";
            /**
             * Format: date-time
             * @description When it happened, which may be long before the message is sent.
             */
            timestamp: string;
            /** @description What happened. */
            data: {
                /** @description The product's own id of the account. */
                account: string;
                /** @description Id of the membership. */
                membership: string;
                /** @description Id of the plan in the policy. */
                plan: string;
                /** @description Number of seats or units; the monthly credits are multiplied by it. */
                slots: number;
                /**
                 * Format: date-time
                 * @description Until when it is paid.
                 */
                paid_through?: string;
            } & {
                [key: string]: unknown;
            };
        };
        /** @description Sent when a membership ends. */
        MembershipEndedEvent: {
            /**
             * @description What kind it is.
             * @enum {string}
             */
            type: "membership.ended";
            /**
             * Format: date-time
             * @description When it happened, which may be long before the message is sent.
             */
            timestamp: string;
            /** @description What happened. */
            data: {
                /** @description The product's own id of the account. */
                account: string;
                /** @description Id of the membership. */
                membership: string;
                /** @description Id of the plan in the policy. */
                plan: string;
                /** @description Number of seats or units; the monthly credits are multiplied by it. */
                slots: number;
            } & {
                [key: string]: unknown;
            };
        };
        /** @description Sent when the credits were granted or the code was issued. */
        PurchaseFulfilledEvent: {
            /**
             * @description What kind it is.
             * @enum {string}
             */
            type: "purchase.fulfilled";
            /**
             * Format: date-time
             * @description When it happened, which may be long before the message is sent.
             */
            timestamp: string;
            /** @description What happened. */
            data: {
                /** @description The product's own id of the account. */
                account: string;
                /** @description Id of the purchase. */
                purchase: string;
                /** @description Id of the pack in the policy. */
                pack: string;
                /** @description Number of packs. */
                quantity: number;
                /** @description Number of credits. */
                credits?: number;
                /** @description Credits added beyond what was bought or lost. */
                bonus?: number;
            } & {
                [key: string]: unknown;
            };
        };
        /** @description Sent when a paid purchase takes longer than it should. */
        PurchaseDelayedEvent: {
            /**
             * @description What kind it is.
             * @enum {string}
             */
            type: "purchase.delayed";
            /**
             * Format: date-time
             * @description When it happened, which may be long before the message is sent.
             */
            timestamp: string;
            /** @description What happened. */
            data: {
                /** @description The product's own id of the account. */
                account: string;
                /** @description Id of the purchase. */
                purchase: string;
                /** @description Id of the pack in the policy. */
                pack: string;
                /** @description Number of packs. */
                quantity: number;
            } & {
                [key: string]: unknown;
            };
        };
        /** @description Sent when money went back. */
        PurchaseRefundedEvent: {
            /**
             * @description What kind it is.
             * @enum {string}
             */
            type: "purchase.refunded";
            /**
             * Format: date-time
             * @description When it happened, which may be long before the message is sent.
             */
            timestamp: string;
            /** @description What happened. */
            data: {
                /** @description The product's own id of the account. */
                account: string;
                /** @description Id of the purchase. */
                purchase: string;
                /** @description Id of the pack in the policy. */
                pack: string;
                /** @description Number of packs. */
                quantity: number;
                /** @description Money that went back, in minor units. */
                amount?: number;
                /** @description Number of credits. */
                credits?: number;
            } & {
                [key: string]: unknown;
            };
        };
        /** @description Sent when the payment is disputed. */
        PurchaseDisputedEvent: {
            /**
             * @description What kind it is.
             * @enum {string}
             */
            type: "purchase.disputed";
            /**
             * Format: date-time
             * @description When it happened, which may be long before the message is sent.
             */
            timestamp: string;
            /** @description What happened. */
            data: {
                /** @description The product's own id of the account. */
                account: string;
                /** @description Id of the purchase. */
                purchase: string;
                /** @description Id of the pack in the policy. */
                pack: string;
                /** @description Number of packs. */
                quantity: number;
                /** @description Disputed money, in minor units. */
                amount?: number;
                /** @description Number of credits. */
                credits?: number;
            } & {
                [key: string]: unknown;
            };
        };
        /** @description Sent on request, to one endpoint. */
        WebhookTestEvent: {
            /**
             * @description What kind it is.
             * @enum {string}
             */
            type: "webhook.test";
            /**
             * Format: date-time
             * @description When it happened, which may be long before the message is sent.
             */
            timestamp: string;
            /** @description What happened. */
            data: {
                /** @description Id of the webhook endpoint. */
                endpoint: string;
            } & {
                [key: string]: unknown;
            };
        };
        /** @description An account with its plan, limits and credits. */
        Account: {
            /** @description The product's own id of the account. Not an email address: it appears in workflow histories. */
            account: string;
            /**
             * Format: email
             * @description Where emails about the credits go; null: none are sent.
             */
            email: string | null;
            /** @description IANA name. Days of usage, limits and anniversaries are days of this zone. */
            time_zone: string;
            /** @description Id of the test clock that sets the time of the account; null: real time. */
            test_clock: string | null;
            /** @description Id of the customer at Stripe; null if unknown. */
            stripe_customer: string | null;
            /**
             * Format: date-time
             * @description When it was created.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When the account was closed; null while it is open.
             */
            closed_at: string | null;
            /**
             * Format: date-time
             * @description When the last membership lapsed or will lapse; null: there was none, or it has no end.
             */
            member_until: string | null;
            /** @description Whether a membership of the account began with a trial. */
            trial_used: boolean;
            /** @description All memberships, also ended ones. */
            memberships: components["schemas"]["Membership"][];
            /** @description The next credits from a membership; null if none are due. */
            next_refresh: {
                /**
                 * Format: date-time
                 * @description When the credits are granted.
                 */
                at: string;
                /** @description Credits. */
                amount: number;
                /** @description Name of the source in the policy, such as purchased or monthly. It decides validity and spending order. */
                source: string;
            } | null;
            /** @description What the account may do at most. */
            limits: {
                /** @description Credits a day; null: no limit. */
                daily_credits: number | null;
                /** @description Generations in progress at the same time; null: no limit. */
                concurrency: {
                    /** @description The most that is allowed. */
                    limit: number;
                    /** @description How much of it is used. */
                    used: number;
                } | null;
                /** @description Requests a minute; null: no limit. */
                requests_per_minute: number | null;
                /** @description Priority of its generations in the queue; 1 is the highest. */
                priority: number;
            };
            balance: components["schemas"]["Balance"];
        };
        /** @description A plan that an account has, and what it grants next. */
        Membership: {
            /** @description Id of the object. */
            id: string;
            /** @description The product's own id of the account. */
            account: string;
            /** @description Where it is paid: stripe, or manual when you report payments. */
            provider: string;
            /** @description Id of the subscription at the provider; null if there is none. */
            external_id: string | null;
            /** @description Id of the plan in the policy. */
            plan: string;
            /** @description Number of seats or units; the monthly credits are multiplied by it. */
            slots: number;
            /**
             * @description past_due: the payment is late, and the grace period runs. lapsed: not paid; members-only credits are frozen.
             * @enum {string}
             */
            state: "trialing" | "active" | "past_due" | "lapsed" | "ended";
            /**
             * Format: date-time
             * @description Start of the membership. Grants follow on this day of each month.
             */
            anchor: string;
            /**
             * Format: date-time
             * @description Until when it is paid; null: it has no end.
             */
            paid_through: string | null;
            /**
             * Format: date-time
             * @description When the trial ends or ended; null: there was none.
             */
            trial_ends_at: string | null;
            /** @description Whether it ends when the paid period ends. */
            cancel_at_period_end: boolean;
            /** @description The next credits; null if none are due. */
            next_grant: {
                /**
                 * Format: date-time
                 * @description When the credits are granted.
                 */
                at: string;
                /** @description Credits. */
                amount: number;
                /** @description Name of the source in the policy, such as purchased or monthly. It decides validity and spending order. */
                source: string;
            } | null;
            /** @description The plan and slots from the next grant on; null: they stay. */
            scheduled_change: {
                /** @description Id of the plan in the policy. */
                plan: string;
                /** @description Number of seats or units; the monthly credits are multiplied by it. */
                slots: number;
            } | null;
            /** @description The membership that it is combined into, and ends when no month of its own is left; null if it is not. */
            joins: {
                /** @description Id of the membership that it is combined into. */
                into: string;
                /**
                 * Format: date-time
                 * @description It grants the months that begin before this time.
                 */
                before: string;
            } | null;
            /** @description A change that the payment provider has not made yet; null: there is none. */
            subscription_change: {
                /**
                 * @description What the subscription changes to.
                 * @enum {string}
                 */
                to: "cancelled" | "cancelled_at_period_end" | "continued";
                /**
                 * @description pending: it is repeated until it succeeds. refused: the provider refused it.
                 * @enum {string}
                 */
                state: "pending" | "refused";
            } | null;
            /** @description Amounts that the policy does not set yet. Nothing is granted until it does. */
            not_configured?: string[];
            /** @description What happened to the membership, oldest first. */
            history: {
                /**
                 * Format: date-time
                 * @description When it happened.
                 */
                at: string;
                /** @description What happened, such as granted, lapsed or refunded. */
                what: string;
                /** @description More about it; null if there is no more. */
                detail: {
                    [key: string]: unknown;
                } | null;
            }[];
        };
        /** @description The credits of an account at one time. */
        Balance: {
            /** @description Credits that can be spent now. */
            available: number;
            /** @description Credits reserved for work in progress. */
            held: number;
            /** @description Credits that cannot be spent until the account is a member again. */
            frozen: number;
            /**
             * Format: date-time
             * @description The time for which the numbers are true.
             */
            as_of: string;
            /** @description Credits taken back after they were spent; the current debt, also in past balances. */
            debt: number;
            /** @description The same numbers for each source of the policy. */
            by_source: {
                [key: string]: {
                    /** @description Credits that can be spent now. */
                    available: number;
                    /** @description Credits reserved for work in progress. */
                    held: number;
                    /** @description Credits that cannot be spent until the account is a member again. */
                    frozen: number;
                };
            };
            /** @description The next credits that expire; null if none will. */
            next_expiry: {
                /**
                 * Format: date-time
                 * @description When the credits expire.
                 */
                at: string;
                /** @description Credits. */
                amount: number;
            } | null;
            /** @description The product's own id of the account. */
            account: string;
            /** @description The next credits from a membership; null if none are due. */
            next_grant: {
                /**
                 * Format: date-time
                 * @description When the credits are granted.
                 */
                at: string;
                /** @description Credits. */
                amount: number;
                /** @description Name of the source in the policy, such as purchased or monthly. It decides validity and spending order. */
                source: string;
            } | null;
            /** @description Credits that may be spent today; null: no limit. */
            daily_limit: {
                /** @description The most that is allowed. */
                limit: number;
                /** @description How much of it is used. */
                used: number;
                /**
                 * Format: date-time
                 * @description When the count starts again.
                 */
                resets_at: string;
            } | null;
            /** @description Free trials by operation. Accounts that were ever a member have none. */
            trials: {
                [key: string]: {
                    /** @description The most that is allowed. */
                    limit: number;
                    /** @description How much of it is used. */
                    used: number;
                };
            };
            /** @description Usage under a plan that spends no credits. */
            unlimited?: {
                /** @description Credits worth of use in one period before the fair-use limit is reached. */
                fair_use_limit: number;
                /** @description How much of it is used. */
                used: number;
                /**
                 * Format: date-time
                 * @description When the count starts again.
                 */
                resets_at: string;
            };
        };
        /** @description An error (RFC 9457). Fields beside these depend on the code; /problems explains each. */
        Problem: {
            /** @description Path of the page that explains the code. */
            type: string;
            /** @description The code in words. */
            title: string;
            /** @description HTTP status. */
            status: number;
            /** @description What happened, and how to go on. */
            detail?: string;
            /**
             * @description Stable error code. /problems lists all codes.
             * @enum {string}
             */
            code: "insufficient_credits" | "membership_required" | "trial_exhausted" | "trial_used" | "scope_required" | "not_found" | "code_invalid" | "already_settled" | "code_already_redeemed" | "code_replaced" | "code_refunded" | "refund_not_offered" | "refund_window_passed" | "payment_settled" | "refund_used" | "account_closed" | "not_configured" | "transfer_not_allowed" | "idempotency_in_progress" | "idempotency_key_required" | "idempotency_key_reused" | "invalid_request" | "unknown_operation" | "price_out_of_range" | "quantity_not_offered" | "daily_limit_reached" | "fair_use_reached" | "concurrency_limit_reached" | "too_many_requests" | "unauthorized" | "payload_too_large" | "provider_refused" | "temporarily_unavailable" | "internal_error";
            /** @description The X-Request-Id of the answer, for the log. */
            request_id: string;
        } & {
            [key: string]: unknown;
        };
        /** @description Credits that an account may buy, with the price for this account. */
        Pack: {
            /** @description Id of the pack in the policy. */
            id: string;
            /** @description Name for people. */
            name: string;
            /** @description null: chosen at random on purchase. */
            credits: number | null;
            /** @description In minor units, after discount. */
            amount: number;
            /** @description ISO 4217 code, such as USD. */
            currency: string;
            /** @description How long the credits are valid: an ISO 8601 duration, or one for each source. */
            validity: string | {
                [key: string]: string;
            };
            /** @description null: any up to 100. */
            quantities: number[] | null;
            /** @description Discount that is included in the amount, in percent. */
            discount_percent: number;
            /**
             * @description credits are added at once; a code is sent by email and redeemed later.
             * @enum {string}
             */
            delivery: "credits" | "code";
        };
        /** @description A pack that an account buys or has bought. */
        Purchase: {
            /** @description Id of the object. */
            id: string;
            /** @description The product's own id of the account. */
            account: string;
            /** @description Id of the pack in the policy. */
            pack: string;
            /** @description Number of packs. */
            quantity: number;
            /** @description How it is paid: manual, invoice and bank_transfer are recorded by hand. */
            provider: string;
            /**
             * @description fulfilled: the credits were granted or the code was sent. delayed: this takes longer than it should. reissued: support granted the credits.
             * @enum {string}
             */
            state: "awaiting_payment" | "paid" | "fulfilling" | "delayed" | "fulfilled" | "reissued" | "failed" | "expired" | "refunded" | "disputed";
            /** @description The provider's payment page; null if it is paid another way, or the page is not open yet. */
            checkout_url: string | null;
            /** @description In minor units. */
            amount: number;
            /** @description ISO 4217 code, such as USD. */
            currency: string;
            /** @description Discount that is included in the amount, in percent. */
            discount_percent: number;
            /** @description null until chosen at random. */
            credits: number | null;
            /** @description Credits added for a late delivery, by the policy's terms. */
            bonus: number;
            /** @description The lots that the purchase granted. */
            lots: components["schemas"]["Lot"][];
            /** @description Status of the redemption code; null if there is none yet. The code itself appears only in the email. */
            code: {
                /**
                 * @description Whether the code can be redeemed.
                 * @enum {string}
                 */
                status: "valid" | "redeemed" | "replaced" | "refunded";
                /** @description How many codes were made, counting replaced ones. */
                issue: number;
                /** @description Whether the email was handed over. */
                sent: boolean;
            } | null;
            /**
             * Format: date-time
             * @description When the purchase was started.
             */
            bought_at: string;
            /**
             * Format: date-time
             * @description When the payment was recorded; null until then.
             */
            paid_at: string | null;
            /**
             * Format: date-time
             * @description When the credits were granted or the code was sent; null until then.
             */
            fulfilled_at: string | null;
            /**
             * Format: date-time
             * @description Until when a refund is possible; null: the policy offers none.
             */
            refund_until: string | null;
            /** @description The refund; null if there is none. */
            refund: {
                /** @description pending until the provider has returned the money; failed if it refused. */
                state: string;
                /** @description Credits that are taken back. */
                credits: number;
                /** @description Money that is returned, in minor units. */
                amount: number;
            } | null;
            /** @description Whether a person must look at it. */
            needs_attention: boolean;
            /** @description A sentence for the customer. */
            message: string;
            /** @description What happened to the purchase, oldest first. */
            timeline: {
                /**
                 * Format: date-time
                 * @description When it happened.
                 */
                at: string;
                /** @description What happened, such as granted, lapsed or refunded. */
                what: string;
                /** @description More about it; null if there is no more. */
                detail: {
                    [key: string]: unknown;
                } | null;
            }[];
        };
        /** @description Credits from one grant. granted = available + held + spent + expired + revoked. */
        Lot: {
            /** @description Id of the object. */
            id: string;
            /** @description Name of the source in the policy, such as purchased or monthly. It decides validity and spending order. */
            source: string;
            /** @description Credits that the lot was created with. */
            granted: number;
            /** @description Credits that can be spent now. */
            available: number;
            /** @description Credits reserved for work in progress. */
            held: number;
            /** @description Credits that were spent. */
            spent: number;
            /** @description Credits that expired. */
            expired: number;
            /** @description Credits that were taken back. */
            revoked: number;
            /** @description Whether the lot can be spent only while the account is a member, and it is none now. */
            frozen: boolean;
            /**
             * Format: date-time
             * @description When the credits were granted.
             */
            granted_at: string;
            /**
             * Format: date-time
             * @description When the credits expire; null: never.
             */
            expires_at: string | null;
            /** @description What granted the credits. */
            origin: {
                /** @description Such as membership, purchase, support, campaign or compensation. */
                type: string;
                /** @description Id of the membership, purchase or other origin. */
                id: string;
            };
        };
        /** @description What an account pays for one month in one currency. */
        Invoice: {
            /** @description Id of the object. */
            id: string;
            /** @description Month in UTC. */
            period: string;
            /**
             * @description open until the month ends, then issued, and paid when all of it is paid.
             * @enum {string}
             */
            state: "open" | "issued" | "paid";
            /** @description ISO 4217 code, such as USD. */
            currency: string;
            /** @description In minor units. */
            total: number;
            /** @description Purchases and refunds, oldest first. */
            lines: {
                /** @description Id of the purchase. */
                purchase: string;
                /**
                 * Format: date-time
                 * @description When it happened.
                 */
                at: string;
                /**
                 * @description Refunds have a negative amount.
                 * @enum {string}
                 */
                kind: "purchase" | "refund";
                /** @description Name of the pack. */
                description: string;
                /** @description Number of packs. */
                quantity: number;
                /** @description Credits that were bought; negative in refunds. */
                credits: number;
                /** @description In minor units; refunds are negative. */
                amount: number;
                /** @description ISO 4217 code, such as USD. */
                currency: string;
                /**
                 * Format: date-time
                 * @description When the payment was recorded; null until then.
                 */
                paid_at: string | null;
            }[];
        };
        /** @description The limits of an account, from its plans and from support. */
        Limits: {
            /** @description The product's own id of the account. */
            account: string;
            /** @description Credits a day; null: no limit. */
            daily_limit: number | null;
            /** @description Generations in progress at the same time; null: no limit. */
            concurrency: number | null;
            /** @description What support has set for this account. */
            limit_overrides: {
                /** @description Credits a day. */
                daily_limit?: number;
                /** @description Generations in progress at the same time. */
                concurrency?: number;
                /** @description Special terms. */
                arrangement?: {
                    /** @description Why the account has special terms. */
                    kind: string;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        /** @description One movement of credits of one lot between two states. Entries are final. */
        Entry: {
            /** @description Id of the object. */
            id: string;
            /**
             * Format: date-time
             * @description When the movement took effect.
             */
            at: string;
            /**
             * Format: date-time
             * @description When it was written, which may be later than when it took effect.
             */
            recorded_at: string;
            /** @description Id of the lot. */
            lot: string;
            /** @description Name of the source in the policy, such as purchased or monthly. It decides validity and spending order. */
            source: string;
            /** @description The state before: issued, available, held, spent, expired or revoked. */
            from: string;
            /** @description The state after. */
            to: string;
            /** @description Credits. */
            amount: number;
            /** @description Why the credits moved, such as reserve, settle or expiry. */
            reason: string;
            /** @description Name of the operation in the policy; null if the entry belongs to no generation. */
            operation: string | null;
            /** @description Id of the generation; null if it concerns none. */
            generation: string | null;
            /** @description Name of the API key that made the request; null if it was not a request. */
            api_key: string | null;
            /** @description The account's available credits after it, including frozen ones. */
            balance_after: number;
        };
        /** @description Something that costs credits, as the policy defines it. */
        Operation: {
            /** @description Name of the operation in the policy. */
            operation: string;
            /** @description What one output is, such as image or second. */
            unit: string;
            /** @description Credits per output; null: the price is stated in the request. */
            unit_cost: number | null;
            /** @description Between what the price per output must be; null: the cost is fixed. */
            price_range: {
                /** @description Credits per output. */
                minimum: number;
                /** @description Credits per output; null: no maximum. */
                maximum: number | null;
            } | null;
            /** @description Outputs if the request names no number. */
            default_outputs: number;
            /** @description The most outputs of one request. */
            maximum_outputs: number;
            /** @description The possible values of each option. */
            options: {
                [key: string]: (string | boolean)[];
            };
            /** @description Options that require other options. */
            requires: {
                [key: string]: string[];
            };
            /** @description For accounts that were never a member; used is null without an account. */
            free_trials: {
                /** @description The most that is allowed. */
                limit: number;
                /** @description Trials used; null without an account. */
                used: number | null;
            } | null;
        };
        /** @description The cost of a generation. Nothing is held. */
        Quote: {
            /** @description Credits in total; null if the price is out of range. */
            cost: number | null;
            /** @description Credits per output; null if the price is out of range. */
            unit_cost: number | null;
            /** @description Whether a free trial pays, so that no credits are drawn. */
            free_trial: boolean;
            /** @description Whether a reservation would succeed now. */
            allowed: boolean;
            /** @description The error that a reservation would get, with its fields; null if it is allowed. */
            refusal: ({
                /** @description Stable error code. /problems lists all codes. */
                code: string;
            } & {
                [key: string]: unknown;
            }) | null;
            /** @description The lots from which the credits are taken, in spending order. */
            draws: {
                /** @description Id of the lot. */
                lot: string;
                /** @description Name of the source in the policy, such as purchased or monthly. It decides validity and spending order. */
                source: string;
                /** @description Credits. */
                amount: number;
            }[];
        };
        /** @description Work that credits were reserved for. */
        Generation: {
            /** @description Id of the object. */
            id: string;
            /** @description The product's own id of the account. */
            account: string;
            /** @description Name of the operation in the policy. */
            operation: string;
            /** @description Number of outputs. */
            outputs: number;
            /**
             * @description reserved until it is settled. partially_refunded: some outputs were not delivered. timed_out: nobody settled it before the deadline.
             * @enum {string}
             */
            state: "reserved" | "committed" | "partially_refunded" | "refunded" | "timed_out" | "cancelled" | "refused";
            /** @description Credits per output. */
            unit_cost: number;
            /** @description Credits that were reserved in total. */
            cost: number;
            /** @description Whether a free trial pays, so that no credits are drawn. */
            free_trial: boolean;
            /** @description Credits reserved for work in progress. */
            held: number;
            /** @description Credits that were spent. */
            spent: number;
            /** @description Credits that were released after they had been reserved. */
            refunded: number;
            /** @description The lots from which the credits are taken, in spending order. */
            draws: {
                /** @description Id of the lot. */
                lot: string;
                /** @description Name of the source in the policy, such as purchased or monthly. It decides validity and spending order. */
                source: string;
                /** @description Credits. */
                amount: number;
            }[];
            /** @description Outputs that were reported one by one; empty if they were settled together. */
            items: {
                /** @description Position of the output, from 0. */
                index: number;
                /** @description Whether the output was delivered. Outputs that were not delivered cost nothing. */
                ok: boolean;
            }[];
            /**
             * Format: date-time
             * @description When the credits were reserved.
             */
            reserved_at: string;
            /**
             * Format: date-time
             * @description When the hold is released if nobody has settled the generation.
             */
            deadline: string;
            /**
             * Format: date-time
             * @description When the generation ended; null while credits are reserved.
             */
            settled_at: string | null;
            /** @description Why the reservation was refused, with the fields of the error; null if it was not. */
            refusal: ({
                /** @description Stable error code. /problems lists all codes. */
                code: string;
            } & {
                [key: string]: unknown;
            }) | null;
            /** @description Your own data from the reservation; null if there is none. */
            metadata: {
                [key: string]: unknown;
            } | null;
            /** @description The generation that this one corrects; null if it corrects none. */
            correction_of: string | null;
            /** @description Name of the API key that made the request; null if it was not a request. */
            api_key: string | null;
        };
        /** @description Credits given back for an error, with a bonus. */
        Compensation: {
            /** @description Id of the object. */
            id: string;
            /** @description The product's own id of the account. */
            account: string;
            /**
             * @description awaiting_approval until a second person has approved it.
             * @enum {string}
             */
            state: "given" | "awaiting_approval";
            /** @description Why credits are compensated; the policy lists the causes. */
            cause: string;
            /** @description Id of the generation; null if it concerns none. */
            generation: string | null;
            /** @description Credits given back. */
            lost: number;
            /** @description Credits added. */
            bonus: number;
            /** @description The lots that were granted. */
            lots: components["schemas"]["Lot"][];
            /** @description Id of the approval that it waits for; null if it waits for none. */
            approval: string | null;
        };
        /** @description What an account should have been granted, compared with the ledger and the payments. */
        Audit: {
            /** @description Id of the object. */
            id: string;
            /** @description The product's own id of the account. */
            account: string;
            /**
             * @description awaiting_approval until a second person has approved the corrections.
             * @enum {string}
             */
            state: "running" | "awaiting_approval" | "done";
            /**
             * Format: date-time
             * @description When it was requested.
             */
            requested_at: string;
            /** @description Credits that the rules give for the whole history. */
            expected: {
                /** @description Credits from memberships. */
                memberships: number;
                /** @description Credits from purchases. */
                purchases: number;
            };
            /** @description Granted credits by type of origin. */
            ledger: {
                [key: string]: number;
            };
            /** @description Each purchase with what its provider says. */
            payments: {
                /** @description Id of the purchase. */
                purchase: string;
                /** @description Whether the provider confirms the payment. */
                paid: boolean;
                /** @description Credits that were paid for. */
                bought: number;
                /** @description Credits that refunds and disputes took back. */
                taken_back: number;
            }[];
            /** @description Each difference. */
            findings: {
                /** @description What differs, such as grant_missing or grant_unexpected. */
                kind: string;
                /** @description Key of a grant, lot, entry, generation or purchase. */
                subject: string;
                /**
                 * Format: date-time
                 * @description When the difference arose; null if unknown.
                 */
                at: string | null;
                /** @description Name of the source in the policy; null if it concerns none. */
                source: string | null;
                /** @description How many credits are missing or too many. */
                credits: number;
                /** @description Whether the audit corrects it. */
                repaired: boolean;
            }[];
            /** @description The findings that the audit corrects. */
            corrections: {
                /** @description What differed. */
                kind: string;
                /** @description Key of a grant, lot, entry, generation or purchase. */
                subject: string;
                /** @description Number of credits. */
                credits: number;
            }[];
            /** @description Bonus for the error; 0 until the corrections are made. */
            bonus: number;
            /** @description Id of the approval that it waits for; null if it waits for none. */
            approval: string | null;
            /** @description Memberships with an incomplete history, which cannot be audited. */
            unaudited: string[];
            /** @description Payments whose provider was unavailable. */
            unverified: string[];
            /** @description Explanation for the customer. */
            explanation: string;
        };
        /** @description Something that support did. */
        Activity: {
            /** @description Id of the object. */
            id: string;
            /**
             * Format: date-time
             * @description When it happened.
             */
            at: string;
            /**
             * Format: date-time
             * @description When it was written, which may be later than when it took effect.
             */
            recorded_at: string;
            /** @description Name of the API key. */
            actor: string;
            /** @description Id of the API key. */
            key: string;
            /** @description What was done, such as grant, compensation or limits. */
            action: string;
            /** @description Why; null if no reason was given. */
            reason: string | null;
            /** @description The fields of the request. */
            detail: {
                [key: string]: unknown;
            };
            /** @description false when the action was refused or is still in progress. */
            done: boolean;
        };
        /** @description The same credits for each account of an audience, once. */
        Campaign: {
            /** @description Id of the object. */
            id: string;
            /**
             * @description waiting: everybody has the credits, and the window is open for accounts that join.
             * @enum {string}
             */
            state: "running" | "paused" | "waiting" | "done";
            /** @description Name for people. */
            name: string;
            /** @description Name of the source in the policy, such as purchased or monthly. It decides validity and spending order. */
            source: string;
            /** @description Credits for each account. */
            amount: number;
            /** @description From each grant: an ISO 8601 duration, or a time; null: the source's validity. */
            validity: string | {
                /**
                 * Format: date-time
                 * @description When the credits expire.
                 */
                until: string;
            } | null;
            /** @description Who gets the credits: all accounts, the members of a plan, or the listed accounts. */
            audience: "all" | {
                /** @description Id of the plan in the policy. */
                plan: string;
            } | {
                /** @description Ids of the accounts. */
                accounts: string[];
            };
            /** @description When accounts may join and still get the credits; null: only accounts that existed at the start. */
            window: {
                /**
                 * Format: date-time
                 * @description When the window opens; at the start of the campaign if omitted.
                 */
                from?: string;
                /**
                 * Format: date-time
                 * @description When the window closes.
                 */
                until: string;
            } | null;
            /** @description How far it is. */
            progress: {
                /** @description Accounts that received the credits. */
                granted: number;
                /** @description Credits granted in total. */
                credits: number;
                /** @description Accounts checked by the current round. */
                checked: number;
            };
            /** @description Name of the API key. */
            requested_by: string;
            /**
             * Format: date-time
             * @description When it started.
             */
            started_at: string;
        };
        /** @description A URL that receives events. */
        WebhookEndpoint: {
            /** @description Id of the object. */
            id: string;
            /** @description Where events are sent. */
            url: string;
            /** @description null: all events. */
            events: string[] | null;
            /**
             * @description disabled endpoints get no events until they are enabled again.
             * @enum {string}
             */
            state: "enabled" | "disabled";
            /**
             * @description gone: it answered 410. failing: every attempt failed for three days. null: it is enabled.
             * @enum {string|null}
             */
            disabled_because: "gone" | "failing" | null;
            /**
             * Format: date-time
             * @description When it was disabled; null while it is enabled.
             */
            disabled_at: string | null;
            /**
             * Format: date-time
             * @description When it was created.
             */
            created_at: string;
        };
        /** @description The delivery of one event to one endpoint. */
        WebhookDelivery: {
            /** @description Id of the object. */
            id: string;
            /** @description The webhook-id header, by which receivers detect duplicates. */
            event: string;
            /** @description Type of the event. */
            type: string;
            /**
             * @description failed: no attempt succeeded for three days.
             * @enum {string}
             */
            state: "pending" | "delivered" | "failed";
            /** @description Number of attempts so far. */
            attempts: number;
            /** @description Answer or error of the last attempt, such as "answered 500"; null before the first. */
            last_outcome: string | null;
            /**
             * Format: date-time
             * @description When the last attempt was made; null before the first.
             */
            last_attempt_at: string | null;
            /**
             * Format: date-time
             * @description When the next attempt is due; null if there is none.
             */
            next_attempt_at: string | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type CreditsGrantedEvent = components['schemas']['CreditsGrantedEvent'];
export type CreditsExpiringEvent = components['schemas']['CreditsExpiringEvent'];
export type CreditsLowEvent = components['schemas']['CreditsLowEvent'];
export type GenerationRefundedEvent = components['schemas']['GenerationRefundedEvent'];
export type MembershipPastDueEvent = components['schemas']['MembershipPastDueEvent'];
export type MembershipLapsedEvent = components['schemas']['MembershipLapsedEvent'];
export type MembershipReactivatedEvent = components['schemas']['MembershipReactivatedEvent'];
export type MembershipEndedEvent = components['schemas']['MembershipEndedEvent'];
export type PurchaseFulfilledEvent = components['schemas']['PurchaseFulfilledEvent'];
export type PurchaseDelayedEvent = components['schemas']['PurchaseDelayedEvent'];
export type PurchaseRefundedEvent = components['schemas']['PurchaseRefundedEvent'];
export type PurchaseDisputedEvent = components['schemas']['PurchaseDisputedEvent'];
export type WebhookTestEvent = components['schemas']['WebhookTestEvent'];
export type Account = components['schemas']['Account'];
export type Membership = components['schemas']['Membership'];
export type Balance = components['schemas']['Balance'];
export type Problem = components['schemas']['Problem'];
export type Pack = components['schemas']['Pack'];
export type Purchase = components['schemas']['Purchase'];
export type Lot = components['schemas']['Lot'];
export type Invoice = components['schemas']['Invoice'];
export type Limits = components['schemas']['Limits'];
export type Entry = components['schemas']['Entry'];
export type Operation = components['schemas']['Operation'];
export type Quote = components['schemas']['Quote'];
export type Generation = components['schemas']['Generation'];
export type Compensation = components['schemas']['Compensation'];
export type Audit = components['schemas']['Audit'];
export type Activity = components['schemas']['Activity'];
export type Campaign = components['schemas']['Campaign'];
export type WebhookEndpoint = components['schemas']['WebhookEndpoint'];
export type WebhookDelivery = components['schemas']['WebhookDelivery'];
export type $defs = Record<string, never>;
export interface operations {
    getAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The product's own id of the account. Not an email address: it appears in workflow histories.
                 * @example ada
                 */
                account: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
        };
    };
    putAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The product's own id of the account. Not an email address: it appears in workflow histories.
                 * @example ada
                 */
                account: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.com",
                 *       "time_zone": "Asia/Seoul"
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: email
                     * @description Where emails about the credits go; null removes it.
                     */
                    email?: string | null;
                    /** @description IANA name, such as Asia/Seoul; UTC if never set. */
                    time_zone?: string;
                    /** @description Set only on creation, so that the time of an account never jumps. */
                    test_clock?: string;
                    /** @description Id of the customer at Stripe, of one account only. Its subscriptions become memberships; null removes it. */
                    stripe_customer?: string | null;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description Success. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
        };
    };
    closeAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The product's own id of the account. Not an email address: it appears in workflow histories.
                 * @example eve
                 */
                account: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The product's own id of the account. Not an email address: it appears in workflow histories. */
                        account: string;
                        /**
                         * Format: date-time
                         * @description When the account was closed.
                         */
                        closed_at: string;
                        /** @description Codes that it bought and nobody redeemed. They stay valid for whoever has them. */
                        valid_codes: number;
                    };
                };
            };
        };
    };
    getBalance: {
        parameters: {
            query?: {
                /** @description A past time; now if omitted. */
                at?: string;
            };
            header?: never;
            path: {
                /**
                 * @description The product's own id of the account. Not an email address: it appears in workflow histories.
                 * @example ada
                 */
                account: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Balance"];
                };
            };
        };
    };
    listMemberships: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The product's own id of the account. Not an email address: it appears in workflow histories.
                 * @example ada
                 */
                account: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description This page of the list. */
                        data: components["schemas"]["Membership"][];
                        /** @description Send it as cursor to get the next page; null: this is the last page. */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    startMembership: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The product's own id of the account. Not an email address: it appears in workflow histories.
                 * @example ada
                 */
                account: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "plan": "membership"
                 *     }
                 */
                "application/json": {
                    /** @description Id of the plan in the policy. */
                    plan: string;
                    /** @description Number of seats or units; the monthly credits are multiplied by it. */
                    slots?: number;
                    /** @description Whether to start with the trial of the plan. */
                    trial?: boolean;
                    /**
                     * Format: date-time
                     * @description Start of the membership and day of its grants; now if omitted.
                     */
                    anchor?: string;
                    /**
                     * Format: date-time
                     * @description One period if omitted.
                     */
                    paid_through?: string;
                    /**
                     * @description Where it is paid: stripe, or manual when you report payments.
                     * @default manual
                     * @enum {string}
                     */
                    provider?: "manual" | "stripe";
                    /** @description For stripe: the id of the subscription, which then determines plan, slots and times. It must be of this account, by its metadata or its customer. */
                    external_id?: string;
                };
            };
        };
        responses: {
            /** @description Success. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Membership"];
                };
            };
        };
    };
    getMembership: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the object.
                 * @example mem_3f1d9c75e0ab4826b7c41e9d
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Membership"];
                };
            };
        };
    };
    combineMemberships: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "memberships": [
                 *         "mem_71a0f2c9d3b84e5fa6c8d412",
                 *         "mem_e84b6c1f5a2d4790b3d7c056"
                 *       ]
                 *     }
                 */
                "application/json": {
                    /** @description Ids of the memberships. */
                    memberships: string[];
                    /** @description Stored in the activity log and the ledger. No personal data. */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Membership"];
                };
            };
        };
    };
    renewMembership: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the object.
                 * @example mem_3f1d9c75e0ab4826b7c41e9d
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "paid_through": "2099-01-31T00:00:00Z"
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: date-time
                     * @description Until when it is paid now.
                     */
                    paid_through: string;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Membership"];
                };
            };
        };
    };
    reactivateMembership: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the object.
                 * @example mem_3f1d9c75e0ab4826b7c41e9d
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "paid_through": "2099-02-28T00:00:00Z"
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: date-time
                     * @description Until when it is paid; one period if omitted.
                     */
                    paid_through?: string;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Membership"];
                };
            };
        };
    };
    lapseMembership: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the object.
                 * @example mem_3f1d9c75e0ab4826b7c41e9d
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Membership"];
                };
            };
        };
    };
    cancelMembership: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the object.
                 * @example mem_3f1d9c75e0ab4826b7c41e9d
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "when": "period_end"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description period_end, the default, keeps the membership until the paid period ends.
                     * @enum {string}
                     */
                    when?: "now" | "period_end";
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Membership"];
                };
            };
        };
    };
    changeMembership: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the object.
                 * @example mem_3f1d9c75e0ab4826b7c41e9d
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "plan": "enterprise"
                 *     }
                 */
                "application/json": {
                    /** @description Id of the plan in the policy. */
                    plan?: string;
                    /** @description Number of seats or units; the monthly credits are multiplied by it. */
                    slots?: number;
                    /**
                     * @description When the change takes effect; the policy decides if omitted.
                     * @enum {string}
                     */
                    when?: "now" | "next_grant";
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Membership"];
                };
            };
        };
    };
    listPacks: {
        parameters: {
            query: {
                /**
                 * @description The product's own id of the account. Not an email address: it appears in workflow histories.
                 * @example ada
                 */
                account: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description This page of the list. */
                        data: components["schemas"]["Pack"][];
                        /** @description Send it as cursor to get the next page; null: this is the last page. */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    startPurchase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The product's own id of the account. Not an email address: it appears in workflow histories.
                 * @example ada
                 */
                account: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "pack": "bulk",
                 *       "quantity": 3,
                 *       "provider": "bank_transfer"
                 *     }
                 */
                "application/json": {
                    /** @description Id of the pack in the policy. */
                    pack: string;
                    /**
                     * @description Number of packs.
                     * @default 1
                     */
                    quantity?: number;
                    /**
                     * @description How it is paid; the policy's first provider if omitted.
                     * @enum {string}
                     */
                    provider?: "stripe" | "gumroad" | "invoice" | "bank_transfer" | "manual";
                    /**
                     * Format: email
                     * @description Send the code to this address. For packs that are delivered as codes.
                     */
                    gift_to?: string;
                    /**
                     * Format: email
                     * @description Where the buyer gets the code and receipts; the account's address if omitted.
                     */
                    buyer_email?: string;
                };
            };
        };
        responses: {
            /** @description Success. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Purchase"];
                };
            };
        };
    };
    listPurchases: {
        parameters: {
            query?: {
                /** @description The most that is allowed. */
                limit?: number;
                /** @description next_cursor of the page before; omit it for the first page. */
                cursor?: string;
                /**
                 * @description The product's own id of the account. Not an email address: it appears in workflow histories.
                 * @example ada
                 */
                account?: string;
                /** @description The provider's own id, such as that of a Stripe session or a Gumroad sale. */
                reference?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description This page of the list. */
                        data: components["schemas"]["Purchase"][];
                        /** @description Send it as cursor to get the next page; null: this is the last page. */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    getPurchase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the object.
                 * @example pur_2a6e9d0b8c7f415390ade6b1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Purchase"];
                };
            };
        };
    };
    recordPayment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the object.
                 * @example pur_2a6e9d0b8c7f415390ade6b1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reference": "statement 2026-11-21, line 14"
                 *     }
                 */
                "application/json": {
                    /** @description Where you saw the payment, such as the line of a bank statement. */
                    reference: string;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Purchase"];
                };
            };
        };
    };
    reportMissingCredits: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the object.
                 * @example pur_d5c3b1a7908f4e62a7b4c9f0
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Purchase"];
                };
            };
        };
    };
    reissuePurchase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the object.
                 * @example pur_d5c3b1a7908f4e62a7b4c9f0
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": {
                    /** @description Stored in the activity log and the ledger. No personal data. */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Purchase"];
                };
            };
        };
    };
    refundPurchase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the object.
                 * @example pur_2a6e9d0b8c7f415390ade6b1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "bought twice"
                 *     }
                 */
                "application/json": {
                    /** @description Stored in the activity log and the ledger. No personal data. */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Purchase"];
                };
            };
        };
    };
    listUnassignedPayments: {
        parameters: {
            query?: {
                /** @description The most that is allowed. */
                limit?: number;
                /** @description next_cursor of the page before; omit it for the first page. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description This page of the list. */
                        data: {
                            /** @description The provider's id. */
                            id: string;
                            /** @description How it is paid: manual, invoice and bank_transfer are recorded by hand. */
                            provider: string;
                            /** @description In minor units; null if unknown. */
                            amount: number | null;
                            /** @description ISO 4217 code, such as USD; null if unknown. */
                            currency: string | null;
                            /**
                             * Format: date-time
                             * @description When it was written, which may be later than when it took effect.
                             */
                            recorded_at: string;
                            /** @description The purchase that the payment names and that does not exist; null if it names none. */
                            named: string | null;
                        }[];
                        /** @description Send it as cursor to get the next page; null: this is the last page. */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    assignPayment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The payment provider's id of the payment.
                 * @example pi_3QmK2eLkdIwHu7ix1VxkJq4d
                 */
                payment: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "account": "ada",
                 *       "pack": "credits",
                 *       "reason": "paid by a link without metadata"
                 *     }
                 */
                "application/json": {
                    /** @description A purchase that is paid through this provider. */
                    purchase?: string;
                    /** @description With pack: makes a purchase of this account. */
                    account?: string;
                    /** @description Id of the pack in the policy. */
                    pack?: string;
                    /**
                     * @description Number of packs.
                     * @default 1
                     */
                    quantity?: number;
                    /** @description Stored in the activity log and the ledger. No personal data. */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Purchase"];
                };
            };
        };
    };
    dismissPayment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The payment provider's id of the payment.
                 * @example pi_3QmK5xLkdIwHu7ix0aTzWp8c
                 */
                payment: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "refunded by hand"
                 *     }
                 */
                "application/json": {
                    /** @description The account that it is about: its activity log records the dismissal. */
                    account?: string;
                    /** @description Stored in the activity log and the ledger. No personal data. */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Id of the object. */
                        id: string;
                        /**
                         * @description What became of the payment.
                         * @enum {string}
                         */
                        outcome: "dismissed";
                    };
                };
            };
        };
    };
    listInvoices: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The product's own id of the account. Not an email address: it appears in workflow histories.
                 * @example ada
                 */
                account: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description This page of the list. */
                        data: components["schemas"]["Invoice"][];
                        /** @description Send it as cursor to get the next page; null: this is the last page. */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    getInvoice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The product's own id of the account. Not an email address: it appears in workflow histories.
                 * @example ada
                 */
                account: string;
                /**
                 * @description Id of the invoice: year, month and currency, such as 2026-11-EUR.
                 * @example 2026-11-EUR
                 */
                invoice: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invoice"];
                    "text/html": string;
                };
            };
        };
    };
    resendCode: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the object.
                 * @example pur_6b1f0a9d4c3e827558d7e9f2
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": {
                    /**
                     * Format: email
                     * @description Corrects the address of the purchase.
                     */
                    email?: string;
                    /** @description Stored in the activity log and the ledger. No personal data. */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Purchase"];
                };
            };
        };
    };
    replaceCode: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the object.
                 * @example pur_6b1f0a9d4c3e827558d7e9f2
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "email": "ada.lovelace@example.com"
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: email
                     * @description Corrects the address of the purchase.
                     */
                    email?: string;
                    /** @description Stored in the activity log and the ledger. No personal data. */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Purchase"];
                };
            };
        };
    };
    listLots: {
        parameters: {
            query?: {
                /** @description The most that is allowed. */
                limit?: number;
                /** @description next_cursor of the page before; omit it for the first page. */
                cursor?: string;
                /**
                 * @description Only lots with available or held credits.
                 * @example true
                 */
                open?: "true";
            };
            header?: never;
            path: {
                /**
                 * @description The product's own id of the account. Not an email address: it appears in workflow histories.
                 * @example ada
                 */
                account: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description This page of the list. */
                        data: components["schemas"]["Lot"][];
                        /** @description Send it as cursor to get the next page; null: this is the last page. */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    setLimits: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The product's own id of the account. Not an email address: it appears in workflow histories.
                 * @example ada
                 */
                account: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "daily_limit": 500,
                 *       "concurrency": 8
                 *     }
                 */
                "application/json": {
                    /** @description Credits per day; null: the policy's limit. */
                    daily_limit?: number | null;
                    /** @description Concurrent generations; null: the policy's limit. */
                    concurrency?: number | null;
                    /** @description null ends the arrangement. */
                    arrangement?: {
                        /**
                         * @description Why the account has special terms.
                         * @enum {string}
                         */
                        kind: "education" | "charity" | "student" | "teacher" | "community" | "other";
                        /** @description Credits a month instead of the plan's, from the next grant. */
                        monthly?: number;
                        /** @description Discount on packs; the largest of all discounts applies. */
                        discount_percent?: number;
                        /**
                         * Format: date-time
                         * @description Without end if omitted.
                         */
                        until?: string;
                    } | null;
                    /** @description Stored in the activity log and the ledger. No personal data. */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Limits"];
                };
            };
        };
    };
    listEntries: {
        parameters: {
            query?: {
                /** @description The most that is allowed. */
                limit?: number;
                /** @description next_cursor of the page before; omit it for the first page. */
                cursor?: string;
                /** @description The first time that counts. */
                from?: string;
                /** @description The end of the period; it does not count itself. */
                to?: string;
                /**
                 * @description Name of the operation in the policy.
                 * @example image
                 */
                operation?: string;
                /** @description Name of an API key. */
                key?: string;
                /** @description Streams an export of all entries. */
                format?: "csv" | "json";
            };
            header?: never;
            path: {
                /**
                 * @description The product's own id of the account. Not an email address: it appears in workflow histories.
                 * @example ada
                 */
                account: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description This page of the list. */
                        data: components["schemas"]["Entry"][];
                        /** @description Send it as cursor to get the next page; null: this is the last page. */
                        next_cursor: string | null;
                    } | components["schemas"]["Entry"][];
                    "text/csv": string;
                };
            };
        };
    };
    listUsage: {
        parameters: {
            query?: {
                /**
                 * @description By what to sum up.
                 * @example operation
                 */
                group_by?: "day" | "operation" | "api_key";
                /** @description The first time that counts. */
                from?: string;
                /** @description The end of the period; it does not count itself. */
                to?: string;
            };
            header?: never;
            path: {
                /**
                 * @description The product's own id of the account. Not an email address: it appears in workflow histories.
                 * @example ada
                 */
                account: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description This page of the list. */
                        data: {
                            /** @description The day (YYYY-MM-DD), operation or name of the API key. */
                            group: string;
                            /** @description Credits that were spent. */
                            spent: number;
                            /** @description Credits that were released after they had been reserved. */
                            refunded: number;
                            /** @description Number of generations. */
                            count: number;
                        }[];
                        /** @description Send it as cursor to get the next page; null: this is the last page. */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    listOperations: {
        parameters: {
            query?: {
                /**
                 * @description The product's own id of the account. Not an email address: it appears in workflow histories.
                 * @example ada
                 */
                account?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description This page of the list. */
                        data: components["schemas"]["Operation"][];
                        /** @description Send it as cursor to get the next page; null: this is the last page. */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    quoteGeneration: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The product's own id of the account. Not an email address: it appears in workflow histories.
                 * @example ada
                 */
                account: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "operation": "image",
                 *       "outputs": 4
                 *     }
                 */
                "application/json": {
                    /** @description The operation; GET /v1/operations lists them. */
                    operation: string;
                    /** @description The number of outputs; the operation's default if omitted. */
                    outputs?: number;
                    /** @description Chosen options by name; GET /v1/operations lists the possible ones. */
                    options?: {
                        [key: string]: string | boolean;
                    };
                    /** @description Credits per output, if the policy has a range. */
                    price?: number;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Quote"];
                };
            };
        };
    };
    listGenerations: {
        parameters: {
            query?: {
                /**
                 * @description The most that is allowed.
                 * @example 10
                 */
                limit?: number;
                /** @description next_cursor of the page before; omit it for the first page. */
                cursor?: string;
            };
            header?: never;
            path: {
                /**
                 * @description The product's own id of the account. Not an email address: it appears in workflow histories.
                 * @example ada
                 */
                account: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description This page of the list. */
                        data: components["schemas"]["Generation"][];
                        /** @description Send it as cursor to get the next page; null: this is the last page. */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    reserveGeneration: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The product's own id of the account. Not an email address: it appears in workflow histories.
                 * @example ada
                 */
                account: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "operation": "image",
                 *       "outputs": 4,
                 *       "timeout_seconds": 600
                 *     }
                 */
                "application/json": {
                    /** @description The operation; GET /v1/operations lists them. */
                    operation: string;
                    /** @description The number of outputs; the operation's default if omitted. */
                    outputs?: number;
                    /** @description Chosen options by name; GET /v1/operations lists the possible ones. */
                    options?: {
                        [key: string]: string | boolean;
                    };
                    /** @description Credits per output, if the policy has a range. */
                    price?: number;
                    /** @description The hold is released after this; the policy's time if omitted. */
                    timeout_seconds?: number;
                    /** @description The generation that this one corrects. */
                    correction_of?: string;
                    /** @description Your own data, returned unchanged and kept in the ledger. No personal data. */
                    metadata?: {
                        [key: string]: string | number | boolean;
                    };
                };
            };
        };
        responses: {
            /** @description Success. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Generation"];
                };
            };
        };
    };
    getGeneration: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the object.
                 * @example gen_5b0c7f0e2d914a6f8c3b2a1d
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Generation"];
                };
            };
        };
    };
    completeGeneration: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the object.
                 * @example gen_5b0c7f0e2d914a6f8c3b2a1d
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "delivered": 3
                 *     }
                 */
                "application/json": {
                    /** @description Number of delivered outputs; all if omitted. The others cost nothing. */
                    delivered?: number;
                    /** @description Delivered and failed outputs by index. Outputs that are not listed stay reserved. */
                    items?: {
                        /** @description Position of the output, from 0. */
                        index: number;
                        /** @description Whether the output was delivered. Outputs that were not delivered cost nothing. */
                        ok: boolean;
                        /** @description For your own records. No personal data. */
                        note?: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Generation"];
                };
            };
        };
    };
    failGeneration: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the object.
                 * @example gen_90d1c6b2a74f4e0c8b53f7aa
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "reason": "the model gave up"
                 *     }
                 */
                "application/json": {
                    /** @description For your own records. No personal data. */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Generation"];
                };
            };
        };
    };
    cancelGeneration: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the object.
                 * @example gen_c2f7e8814b6a4d39a05e6d18
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Generation"];
                };
            };
        };
    };
    reportDefect: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the object.
                 * @example gen_a7d4c0e19b2f48d6853e6f0c
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "reason": "two shadows",
                 *       "items": [
                 *         0
                 *       ]
                 *     }
                 */
                "application/json": {
                    /** @description What is wrong. No personal data. */
                    reason?: string;
                    /** @description Indexes of defective items. */
                    items?: number[];
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Id of the object. */
                        id: string;
                        /** @description Free generations with this one as correction_of; 0 where the product offers none. */
                        corrections: {
                            /** @description How many free corrections the product offers for this generation. */
                            allowed: number;
                            /** @description How many of them were made. */
                            used: number;
                        };
                    };
                };
            };
        };
    };
    chargeCredits: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The product's own id of the account. Not an email address: it appears in workflow histories.
                 * @example ada
                 */
                account: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "operation": "text",
                 *       "outputs": 5
                 *     }
                 */
                "application/json": {
                    /** @description The operation; GET /v1/operations lists them. */
                    operation: string;
                    /** @description The number of outputs; the operation's default if omitted. */
                    outputs?: number;
                    /** @description Chosen options by name; GET /v1/operations lists the possible ones. */
                    options?: {
                        [key: string]: string | boolean;
                    };
                    /** @description Credits per output, if the policy has a range. */
                    price?: number;
                    /** @description The generation that this one corrects. */
                    correction_of?: string;
                    /** @description Your own data, returned unchanged and kept in the ledger. No personal data. */
                    metadata?: {
                        [key: string]: string | number | boolean;
                    };
                };
            };
        };
        responses: {
            /** @description Success. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Generation"];
                };
            };
        };
    };
    grantCredits: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The product's own id of the account. Not an email address: it appears in workflow histories.
                 * @example ada
                 */
                account: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "source": "purchased",
                 *       "amount": 100,
                 *       "reason": "welcome"
                 *     }
                 */
                "application/json": {
                    /** @description Name of the source in the policy, such as purchased or monthly. It decides validity and spending order. */
                    source: string;
                    /** @description Credits. */
                    amount: number;
                    /** @description Stored in the activity log and the ledger. No personal data. */
                    reason: string;
                    /**
                     * Format: date-time
                     * @description The source's validity if omitted.
                     */
                    expires_at?: string;
                    /** @description Your name of an occasion, kept as the origin of the lot. */
                    campaign?: string;
                };
            };
        };
        responses: {
            /** @description Success. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Lot"];
                };
            };
        };
    };
    compensateAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The product's own id of the account. Not an email address: it appears in workflow histories.
                 * @example eve
                 */
                account: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "lost": 25,
                 *       "cause": "technical-failure",
                 *       "multiplier": 3,
                 *       "reason": "a video that never came"
                 *     }
                 */
                "application/json": {
                    /** @description Credits; all of the generation's spent credits if omitted. */
                    lost?: number;
                    /** @description A generation is compensated once. */
                    generation?: string;
                    /** @description Why credits are compensated; the policy lists the causes. */
                    cause: string;
                    /** @description Bonus as a multiple of the lost credits. */
                    multiplier?: number;
                    /** @description Stored in the activity log and the ledger. No personal data. */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Success. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Compensation"];
                };
            };
            /** @description Success. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Compensation"];
                };
            };
        };
    };
    listApprovals: {
        parameters: {
            query?: {
                /** @description The most that is allowed. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description This page of the list. */
                        data: {
                            /** @description Id of the object. */
                            id: string;
                            /** @description The product's own id of the account. */
                            account: string;
                            /** @description What waits: a compensation or an audit. */
                            kind: string;
                            /** @description Id of the compensation or audit. */
                            subject: string;
                            /**
                             * Format: date-time
                             * @description When it was requested.
                             */
                            requested_at: string;
                        }[];
                        /** @description Send it as cursor to get the next page; null: this is the last page. */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    approveRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the approval.
                 * @example appr_4c1d7e90b2a856f3d0e9c7b1
                 */
                approval: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Compensation"] | components["schemas"]["Audit"];
                };
            };
        };
    };
    listActivity: {
        parameters: {
            query?: {
                /** @description The most that is allowed. */
                limit?: number;
                /** @description next_cursor of the page before; omit it for the first page. */
                cursor?: string;
            };
            header?: never;
            path: {
                /**
                 * @description The product's own id of the account. Not an email address: it appears in workflow histories.
                 * @example eve
                 */
                account: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description This page of the list. */
                        data: components["schemas"]["Activity"][];
                        /** @description Send it as cursor to get the next page; null: this is the last page. */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    auditAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The product's own id of the account. Not an email address: it appears in workflow histories.
                 * @example eve
                 */
                account: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "reason": "a customer misses credits"
                 *     }
                 */
                "application/json": {
                    /** @description Stored in the activity log and the ledger. No personal data. */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Success. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Audit"];
                };
            };
            /** @description Success. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Audit"];
                };
            };
        };
    };
    getAudit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the object.
                 * @example aud_7be2c01d94f5a863e1b0d7c2
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Audit"];
                };
            };
        };
    };
    listCampaigns: {
        parameters: {
            query?: {
                /** @description The most that is allowed. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description This page of the list. */
                        data: components["schemas"]["Campaign"][];
                        /** @description Send it as cursor to get the next page; null: this is the last page. */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    startCampaign: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "spring",
                 *       "source": "promotional",
                 *       "amount": 20,
                 *       "validity": "P30D",
                 *       "audience": "all",
                 *       "window": {
                 *         "until": "2099-05-01T00:00:00Z"
                 *       }
                 *     }
                 */
                "application/json": {
                    /** @description The purpose; kept in the ledger. No personal data. */
                    name: string;
                    /** @description Name of the source in the policy, such as purchased or monthly. It decides validity and spending order. */
                    source: string;
                    /** @description Credits for each account. */
                    amount: number;
                    /** @description The validity from each grant; the source's if omitted. */
                    validity?: string | {
                        /**
                         * Format: date-time
                         * @description When the credits expire.
                         */
                        until: string;
                    };
                    /** @description Who gets the credits: all accounts, the members of a plan, or the listed accounts. */
                    audience: "all" | {
                        /** @description Id of the plan in the policy. */
                        plan: string;
                    } | {
                        /** @description Ids of the accounts. */
                        accounts: string[];
                    };
                    /** @description Accounts that join within the window get the credits too; without a window, only existing accounts do. */
                    window?: {
                        /**
                         * Format: date-time
                         * @description When the window opens; at the start of the campaign if omitted.
                         */
                        from?: string;
                        /**
                         * Format: date-time
                         * @description When the window closes.
                         */
                        until: string;
                    };
                };
            };
        };
        responses: {
            /** @description Success. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
        };
    };
    getCampaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the object.
                 * @example camp_9f0e2b7c41d85a36e7b0c9d4
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
        };
    };
    pauseCampaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the object.
                 * @example camp_9f0e2b7c41d85a36e7b0c9d4
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
        };
    };
    resumeCampaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the object.
                 * @example camp_9f0e2b7c41d85a36e7b0c9d4
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
        };
    };
    adjustBalance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The product's own id of the account. Not an email address: it appears in workflow histories.
                 * @example eve
                 */
                account: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "source": "bonus",
                 *       "amount": -5,
                 *       "reason": "counted twice"
                 *     }
                 */
                "application/json": {
                    /** @description Name of the source in the policy, such as purchased or monthly. It decides validity and spending order. */
                    source: string;
                    /** @description Credits to add; negative to remove. */
                    amount: number;
                    /** @description Stored in the activity log and the ledger. No personal data. */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Success. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The product's own id of the account. */
                        account: string;
                        /** @description Name of the source in the policy, such as purchased or monthly. It decides validity and spending order. */
                        source: string;
                        /** @description Credits. */
                        amount: number;
                    };
                };
            };
        };
    };
    createPortalSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The product's own id of the account. Not an email address: it appears in workflow histories.
                 * @example ada
                 */
                account: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Success. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uri
                         * @description The link. It works once.
                         */
                        url: string;
                        /**
                         * Format: date-time
                         * @description Until when the link works.
                         */
                        expires_at: string;
                    };
                };
            };
        };
    };
    createTestClock: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "now": "2026-01-31T09:00:00Z"
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: date-time
                     * @description The clock's time.
                     */
                    now: string;
                };
            };
        };
        responses: {
            /** @description Success. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Id of the object. */
                        id: string;
                        /**
                         * Format: date-time
                         * @description The clock's time.
                         */
                        now: string;
                    };
                };
            };
        };
    };
    advanceTestClock: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the object.
                 * @example clock_8d2f4b6a0c1e3957d8f0a2b4
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "to": "2026-02-28T09:00:00Z"
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: date-time
                     * @description The new time, not before the present one.
                     */
                    to: string;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Id of the object. */
                        id: string;
                        /**
                         * Format: date-time
                         * @description The clock's time.
                         */
                        now: string;
                    };
                };
            };
        };
    };
    redeemCode: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The product's own id of the account. Not an email address: it appears in workflow histories.
                 * @example ada
                 */
                account: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "ABCD-EFGH-JKLM-NPQR"
                 *     }
                 */
                "application/json": {
                    /** @description Case, spaces, hyphens and look-alike characters are ignored. */
                    code: string;
                };
            };
        };
        responses: {
            /** @description Success. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Lot"];
                };
            };
        };
    };
    checkCode: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "ABCD-EFGH-JKLM-NPQR"
                 *     }
                 */
                "application/json": {
                    /** @description Case, spaces, hyphens and look-alike characters are ignored. */
                    code: string;
                };
            };
        };
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description Whether the code can be redeemed.
                         * @enum {string}
                         */
                        status: "valid" | "redeemed" | "replaced" | "refunded";
                    };
                };
            };
        };
    };
    listKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description This page of the list. */
                        data: {
                            /** @description Id of the object. */
                            id: string;
                            /** @description Name for people. */
                            name: string;
                            /**
                             * @description What the key may do. Each scope includes those before it.
                             * @enum {string}
                             */
                            scope: "read" | "generate" | "manage" | "support" | "admin";
                            /**
                             * Format: date-time
                             * @description When it was created.
                             */
                            created_at: string;
                        }[];
                        /** @description Send it as cursor to get the next page; null: this is the last page. */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    createKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "image service",
                 *       "scope": "generate"
                 *     }
                 */
                "application/json": {
                    /** @description Name for people. */
                    name: string;
                    /**
                     * @description What the key may do. Each scope includes those before it.
                     * @enum {string}
                     */
                    scope: "read" | "generate" | "manage" | "support" | "admin";
                };
            };
        };
        responses: {
            /** @description Success. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Id of the object. */
                        id: string;
                        /** @description Name for people. */
                        name: string;
                        /**
                         * @description What the key may do. Each scope includes those before it.
                         * @enum {string}
                         */
                        scope: "read" | "generate" | "manage" | "support" | "admin";
                        /**
                         * Format: date-time
                         * @description When it was created.
                         */
                        created_at: string;
                        /** @description The secret for the Authorization header. Shown once. */
                        key: string;
                    };
                };
            };
        };
    };
    revokeKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the object.
                 * @example key_QkVTVFJFQURFUg
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listWebhookEndpoints: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description This page of the list. */
                        data: components["schemas"]["WebhookEndpoint"][];
                        /** @description Send it as cursor to get the next page; null: this is the last page. */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    createWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "url": "https://hooks.example.com/lotkeeper",
                 *       "events": [
                 *         "credits.granted",
                 *         "credits.expiring"
                 *       ]
                 *     }
                 */
                "application/json": {
                    /** @description An https URL on the public internet. Redirects are not followed. */
                    url: string;
                    /** @description All events if omitted. */
                    events?: ("credits.granted" | "credits.expiring" | "credits.low" | "generation.refunded" | "membership.past_due" | "membership.lapsed" | "membership.reactivated" | "membership.ended" | "purchase.fulfilled" | "purchase.delayed" | "purchase.refunded" | "purchase.disputed")[];
                };
            };
        };
        responses: {
            /** @description Success. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Id of the object. */
                        id: string;
                        /** @description Where events are sent. */
                        url: string;
                        /** @description null: all events. */
                        events: string[] | null;
                        /**
                         * @description disabled endpoints get no events until they are enabled again.
                         * @enum {string}
                         */
                        state: "enabled" | "disabled";
                        /**
                         * @description gone: it answered 410. failing: every attempt failed for three days. null: it is enabled.
                         * @enum {string|null}
                         */
                        disabled_because: "gone" | "failing" | null;
                        /**
                         * Format: date-time
                         * @description When it was disabled; null while it is enabled.
                         */
                        disabled_at: string | null;
                        /**
                         * Format: date-time
                         * @description When it was created.
                         */
                        created_at: string;
                        /** @description Verifies signatures (Standard Webhooks). Shown once. */
                        secret: string;
                    };
                };
            };
        };
    };
    deleteWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the object.
                 * @example we_5e0b9a7d31c84f26b8d0c7e1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    enableWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the object.
                 * @example we_5e0b9a7d31c84f26b8d0c7e1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the object.
                 * @example we_5e0b9a7d31c84f26b8d0c7e1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Id of the object. */
                        id: string;
                        /** @description Where events are sent. */
                        url: string;
                        /** @description null: all events. */
                        events: string[] | null;
                        /**
                         * @description disabled endpoints get no events until they are enabled again.
                         * @enum {string}
                         */
                        state: "enabled" | "disabled";
                        /**
                         * @description gone: it answered 410. failing: every attempt failed for three days. null: it is enabled.
                         * @enum {string|null}
                         */
                        disabled_because: "gone" | "failing" | null;
                        /**
                         * Format: date-time
                         * @description When it was disabled; null while it is enabled.
                         */
                        disabled_at: string | null;
                        /**
                         * Format: date-time
                         * @description When it was created.
                         */
                        created_at: string;
                        /** @description Verifies signatures (Standard Webhooks). Shown once. */
                        secret: string;
                    };
                };
            };
        };
    };
    testWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the object.
                 * @example we_5e0b9a7d31c84f26b8d0c7e1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
        };
    };
    listWebhookDeliveries: {
        parameters: {
            query?: {
                /**
                 * @description The most that is allowed.
                 * @example 10
                 */
                limit?: number;
                /** @description next_cursor of the page before; omit it for the first page. */
                cursor?: string;
                /** @description Only deliveries in this state. */
                state?: "pending" | "delivered" | "failed";
            };
            header?: never;
            path: {
                /**
                 * @description Id of the object.
                 * @example we_5e0b9a7d31c84f26b8d0c7e1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description This page of the list. */
                        data: components["schemas"]["WebhookDelivery"][];
                        /** @description Send it as cursor to get the next page; null: this is the last page. */
                        next_cursor: string | null;
                    };
                };
            };
        };
    };
    redeliverWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the object.
                 * @example we_5e0b9a7d31c84f26b8d0c7e1
                 */
                id: string;
                /**
                 * @description Id of the delivery.
                 * @example 90210
                 */
                delivery: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
        };
    };
    receiveStripeEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the product, as in the name of its policy file. */
                product: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description Id of the object. */
                    id: string;
                    /** @description What kind it is. */
                    type: string;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Stored. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description Always true: the message is stored.
                         * @enum {boolean}
                         */
                        received: true;
                    };
                };
            };
        };
    };
    receiveGumroadPing: {
        parameters: {
            query?: {
                /** @description GUMROAD_WEBHOOK_SECRET. */
                secret?: string;
            };
            header?: never;
            path: {
                /** @description Id of the product, as in the name of its policy file. */
                product: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/x-www-form-urlencoded": {
                    /** @description Gumroad's id of the sale. */
                    sale_id: string;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Stored. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description Always true: the message is stored.
                         * @enum {boolean}
                         */
                        received: true;
                    };
                };
            };
        };
    };
    onCreditsGrantedEvent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreditsGrantedEvent"];
            };
        };
        responses: {
            /** @description Received; it is not sent again. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onCreditsExpiringEvent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreditsExpiringEvent"];
            };
        };
        responses: {
            /** @description Received; it is not sent again. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onCreditsLowEvent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreditsLowEvent"];
            };
        };
        responses: {
            /** @description Received; it is not sent again. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onGenerationRefundedEvent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GenerationRefundedEvent"];
            };
        };
        responses: {
            /** @description Received; it is not sent again. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onMembershipPastDueEvent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MembershipPastDueEvent"];
            };
        };
        responses: {
            /** @description Received; it is not sent again. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onMembershipLapsedEvent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MembershipLapsedEvent"];
            };
        };
        responses: {
            /** @description Received; it is not sent again. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onMembershipReactivatedEvent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MembershipReactivatedEvent"];
            };
        };
        responses: {
            /** @description Received; it is not sent again. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onMembershipEndedEvent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MembershipEndedEvent"];
            };
        };
        responses: {
            /** @description Received; it is not sent again. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onPurchaseFulfilledEvent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PurchaseFulfilledEvent"];
            };
        };
        responses: {
            /** @description Received; it is not sent again. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onPurchaseDelayedEvent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PurchaseDelayedEvent"];
            };
        };
        responses: {
            /** @description Received; it is not sent again. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onPurchaseRefundedEvent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PurchaseRefundedEvent"];
            };
        };
        responses: {
            /** @description Received; it is not sent again. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onPurchaseDisputedEvent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PurchaseDisputedEvent"];
            };
        };
        responses: {
            /** @description Received; it is not sent again. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onWebhookTestEvent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookTestEvent"];
            };
        };
        responses: {
            /** @description Received; it is not sent again. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
