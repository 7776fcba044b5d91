import { isOfBilling, type Finding, type FindingKind } from '../../questions/findings/finding.ts';
import { approval_pending } from './approval_pending.ts';
import { beyond_comparable } from './beyond_comparable.ts';
import { billing } from './billing.ts';
import { closed_unapproved } from './closed_unapproved.ts';
import { discount_ending } from './discount_ending.ts';
import { renewal_promotion } from './renewal_promotion.ts';
import { renewal_role } from './renewal_role.ts';
import type { Said, Saying } from './said.ts';
import { unapproved_open } from './unapproved_open.ts';

const sayings: Partial<Record<FindingKind, Saying>> = {
  unapproved_open,
  approval_pending,
  closed_unapproved,
  beyond_comparable,
  renewal_promotion,
  renewal_role,
  discount_ending,
};

/** What a page says of a finding, by its kind. */
export function saidOf(finding: Finding, currency: string): Said {
  const saying = isOfBilling(finding.kind) ? billing : sayings[finding.kind];
  return saying!(finding, currency);
}

/** Each kind as a heading of few words. */
export const kindLabels: Record<FindingKind, string> = {
  unapproved_open: 'Over the limit, not approved',
  approval_pending: 'Approval waits',
  closed_unapproved: 'Won over the limit, not approved',
  beyond_comparable: 'Beyond comparable deals',
  renewal_promotion: 'Renewal at a promotion',
  renewal_role: 'Renewal in another role',
  discount_ending: 'Discount about to end',
  not_billed: 'Not billed',
  price: 'Billed below the price',
  quantity: 'Billed below the quantity',
  late_start: 'Billed late',
  discount_past_end: 'Discount past its end',
  missed_uplift: 'Uplift missed',
  unauthorised_credit: 'Credit nobody approved',
  unmatched_sold: 'No bill found',
};

const outcomes: Record<string, string> = {
  approved: 'was approved',
  rejected: 'the request was rejected',
  repriced: 'was repriced',
  'renewed without it': 'was renewed without it',
  'handed over': 'was handed over',
  'billed without it': 'was billed without it',
  billed: 'is billed by now',
  'credit approved': 'the credit was approved',
  'closed at that price': 'closed at that price',
  'closed as it was': 'closed as it was',
  'deal lost': 'the deal was lost',
  'date passed': 'the date passed',
  'renewed with it': 'was renewed with it',
  'billed with it': 'is billed on with it',
  'not exported': 'its source exports it no more',
  'approval asked for': 'approval is asked for now',
  'close moved out': 'its close was moved out',
  'another cause': 'is told of by another cause',
};

/** What became of a finding that is gone. */
export const outcomeInWords = ({ state, outcome }: Pick<Finding, 'state' | 'outcome'>): string =>
  outcomes[outcome ?? ''] ?? (state === 'gone' ? 'gone, and the data do not say why' : state);
