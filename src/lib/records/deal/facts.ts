import { repSeen, type Scope } from '../../access/scope.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { people, type Sourced } from '../sourced.ts';

export interface DealFacts extends Sourced {
  deal_id: string;
  deal_name: string;
  account_id: string | null;
  account_name: string | null;
  segment: string | null;
  industry: string | null;
  country: string | null;
  region: string | null;
  team: string | null;
  rep_id: string | null;
  rep_name: string | null;
  manager_id: string | null;
  manager_name: string | null;
  original_seller: string | null;
  deal_type: string | null;
  source_type: string | null;
  channel: string | null;
  partner_id: string | null;
  stage: string | null;
  forecast_category: string | null;
  probability: number | null;
  is_closed: boolean;
  /** The day of the first export that no longer held it; null while it is exported. */
  vanished_on: string | null;
  is_won: boolean | null;
  created_on: string | null;
  closed_on: string | null;
  days_open: number | null;
  currency: string;
  /** The deal's own amount in its own currency, which may differ from the sum of its lines. */
  amount: number | null;
  net_amount: number | null;
  lost_reason: string | null;
  lines: number;
}

/** The deal as of its close; null where there is none of that id that the reader sees. */
export async function dealFacts(warehouse: Warehouse, id: string, scope: Scope): Promise<DealFacts | null> {
  const seen = repSeen(scope, 'rep_id');
  const [deal] = await warehouse.rows<DealFacts>(
    `select deal.deal_id, deal_name, account_id, account_name, segment, industry, country, region, team,
       rep_id, rep_name, manager_id, manager_name, coalesce(seller.name, original_seller_id) as original_seller,
       deal_type, source_type, channel, partner_id, stage, forecast_category, probability,
       is_closed, is_won, vanished_on, created_on, closed_on, currency, amount, net_amount, lost_reason, lines,
       case when is_closed then date_diff('day', created_on, closed_on) end as days_open,
       source_file, source_line
     from marts.fact_deal deal
     left join ${people} seller on seller.person_id = original_seller_id
     where deal.deal_id = $id and ${seen.test}`,
    { id, ...seen.parameters },
  );
  return deal ?? null;
}
