/** Statements, invoices, credit notes and the billing details on them. */
export const invoices = {
  invoices: 'Statements and invoices',
  invoice_states: {
    open: 'Open',
    issued: 'Issued',
    paid: 'Paid',
  } as Record<string, string>,
  invoice_kinds: { statement: 'Statement', invoice: 'Invoice', credit_note: 'Credit note' },
  billing: 'Billing details',
  billing_why: 'Invoices show them. Without them you receive statements. Issued invoices do not change.',
  billing_name: 'Name or company',
  billing_address: 'Address, with postal code and country',
  billing_tax_id: 'Tax ID (optional)',
  billing_do: 'Save',
  billing_saved: 'Saved.',
}
