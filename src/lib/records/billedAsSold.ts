import { dealSeen, type Scope } from '../access/scope.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

/** A part of a sold line and of the billed line that bills it, either of which may be absent. */
export interface Allocation {
  match_id: string;
  cause: string;
  reason: string | null;
  deal_id: string | null;
  deal_name: string | null;
  product_name: string | null;
  invoice_id: string | null;
  service_from: string | null;
  /** The day after the last. */
  service_to: string | null;
  currency: string;
  billed_currency: string | null;
  sold_amount: number | null;
  billed_amount: number | null;
  credit_amount: number | null;
  /** Billed less sold in the reporting currency; 0 where they agree, null without an exchange rate. */
  difference: number | null;
  confidence: number | null;
  matched_by: string | null;
}

export interface BilledAsSold {
  /** Those that differ first, as many as are shown. */
  rows: Allocation[];
  count: number;
  /** In the reporting currency: sold and due, what of it was billed as sold, and what can still be billed. */
  due: number;
  matched: number;
  less: number;
}

/** The most rows that one page shows. */
const MOST = 60;
const owners = { deal: 'deal_id', customer: 'account_id' } as const;

/** What was sold on a deal or to a customer against what was billed of it; of a customer only what differs. */
export async function billedAsSold(
  warehouse: Warehouse,
  owner: keyof typeof owners,
  id: string,
  scope: Scope,
): Promise<BilledAsSold> {
  const seen = dealSeen(scope, 'deal_id');
  const bound = { id, ...seen.parameters };
  const shown = owner === 'deal' ? 'true' : `cause not in ('matched', 'timing', 'credit')`;
  const rows = `from marts.fact_billing_match where ${owners[owner]} = $id and ${seen.test}`;
  const [found, [sums]] = await Promise.all([
    warehouse.rows<Allocation>(
      `select match_id, cause, reason, deal_id, deal_name, product_name, invoice_id, service_from, service_to, currency,
         billed_currency, sold_amount, billed_amount, credit_amount, difference_base as difference, confidence, matched_by
       ${rows} and ${shown}
       order by is_open desc, abs(difference_base) desc nulls last, service_from, match_id limit ${MOST}`,
      bound,
    ),
    warehouse.rows<{ count: number; due: number | null; matched: number | null; less: number | null }>(
      `select count(*) filter (${shown}) as count, sum(sold_amount_base) filter (cause <> 'timing') as due,
         sum(sold_amount_base) filter (cause = 'matched') as matched, -sum(difference_base) filter (is_open) as less
       ${rows}`,
      bound,
    ),
  ]);
  return {
    rows: found,
    count: sums?.count ?? 0,
    due: sums?.due ?? 0,
    matched: sums?.matched ?? 0,
    less: sums?.less ?? 0,
  };
}
