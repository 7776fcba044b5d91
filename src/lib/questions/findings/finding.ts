/** The rules by which findings are found; those of billing are its causes of a difference. */
export const billingKinds = [
  'not_billed',
  'price',
  'quantity',
  'late_start',
  'discount_past_end',
  'missed_uplift',
  'unauthorised_credit',
  'unmatched_sold',
] as const;
export const dealKinds = [
  'unapproved_open',
  'approval_pending',
  'closed_unapproved',
  'beyond_comparable',
  'renewal_promotion',
  'renewal_role',
  'discount_ending',
] as const;

export type FindingKind = (typeof billingKinds)[number] | (typeof dealKinds)[number];

export const findingKinds: readonly FindingKind[] = [...dealKinds, ...billingKinds];

export const isFindingKind = (text: string): text is FindingKind =>
  (findingKinds as readonly string[]).includes(text);

export const isOfBilling = (kind: FindingKind): boolean => (billingKinds as readonly string[]).includes(kind);

export type FindingState = 'new' | 'still open' | 'first week' | 'recovered' | 'lapsed' | 'gone';

/** What people can decide about a finding. */
export const statuses = ['open', 'accepted', 'done', 'not_a_problem'] as const;
export type FindingStatus = (typeof statuses)[number];

/** One thing to act on, or what became of it. */
export interface Finding {
  finding_id: string;
  kind: FindingKind;
  state: FindingState;
  /** What became of it, in the words of the build; null while it is there. */
  outcome: string | null;
  status: FindingStatus;
  decided_by: string | null;
  decided_at: string | null;
  note: string | null;
  /** What can still be acted on, in the reporting currency; once it is gone, as it was seen last. */
  amount: number;
  happened_on: string | null;
  act_by: string | null;
  first_seen_on: string;
  last_seen_on: string;
  gone_on: string | null;
  deal_id: string | null;
  deal_name: string | null;
  account_id: string | null;
  account_name: string | null;
  invoice_id: string | null;
  region: string | null;
  rep_id: string | null;
  rep_name: string | null;
  manager_name: string | null;
  /** The figures that its sentence is made of, by name. */
  facts: Record<string, string | number | boolean | null>;
}

/** A row as the build keeps it: facts are JSON text. */
export type FindingRow = Omit<Finding, 'facts'> & { facts: string };

/** The columns of a finding, of `marts.fact_finding` or what has its columns. */
export const findingColumns = `finding_id, kind, state, outcome, status, decided_by, decided_at, note,
  amount_base as amount, happened_on, act_by, first_seen_on, last_seen_on, gone_on, deal_id, deal_name, account_id,
  account_name, invoice_id, region, rep_id, rep_name, manager_name, facts`;

/** Reads the figures of a row. */
export const asFinding = ({ facts, ...row }: FindingRow): Finding => ({
  ...row,
  facts: JSON.parse(facts) as Finding['facts'],
});
