import type { Asking } from '../../asking/asking.ts';
import type { Scope } from '../../metrics/request.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { ask, numberIn, only, textIn } from './asked.ts';

export interface PipelineGroup {
  /** Null for deals that name no region. */
  region: string | null;
  net: number;
  share: number | null;
  deals: number;
}

export interface OpenDeal {
  deal_id: string;
  deal_name: string;
  account_name: string | null;
  rep_name: string | null;
  due: string | null;
  net: number;
  evidence: string;
}

export interface PipelineValue {
  net: number;
  deals: number;
  /** Net with customer-confirmed value ÷ net. */
  share: number | null;
  groups: PipelineGroup[];
  /** The largest open deals without a confirmed value. */
  list: OpenDeal[];
}

/** Deals listed. */
const SHOWN = 15;

const measures = ['pipeline_with_confirmed_value', 'pipeline_net', 'open_deals'];
const keys = ['deal_id', 'deal_name', 'account_name', 'rep_name', 'closed_on', 'value_evidence'];

/**
 * How much of all that is open today stands on value that the customer confirmed, whatever the period; null where
 * nothing is open or no value is recorded at all.
 */
export async function pipelineValue(
  warehouse: Warehouse,
  asking: Asking,
  scope: Scope,
): Promise<PipelineValue | null> {
  const always = { ...asking, period: null };
  const [whole, regions, largest] = await Promise.all([
    ask(warehouse, always, scope, { measures }),
    ask(warehouse, always, scope, { measures, by: ['region'] }),
    ask(
      warehouse,
      always,
      scope,
      {
        measures: ['pipeline_net', 'open_deals'],
        by: keys,
        sort: { id: 'pipeline_net', descending: true },
        limit: SHOWN,
      },
      [only('value_evidence', ['customer_confirmed'], true), only('is_closed', ['false'])],
    ),
  ]);
  const deals = numberIn(whole.totals, 'open_deals') ?? 0;
  const share = numberIn(whole.totals, 'pipeline_with_confirmed_value');
  if (deals === 0 || share === null) return null;
  return {
    ...{ deals, share, net: numberIn(whole.totals, 'pipeline_net') ?? 0 },
    groups: regions.rows
      .map((row) => ({
        region: textIn(row, 'region'),
        net: numberIn(row, 'pipeline_net') ?? 0,
        share: numberIn(row, 'pipeline_with_confirmed_value'),
        deals: numberIn(row, 'open_deals') ?? 0,
      }))
      .toSorted((a, b) => b.net - a.net),
    list: largest.rows.slice(0, SHOWN).map((row) => ({
      deal_id: textIn(row, 'deal_id')!,
      deal_name: textIn(row, 'deal_name') ?? textIn(row, 'deal_id')!,
      account_name: textIn(row, 'account_name'),
      rep_name: textIn(row, 'rep_name'),
      due: textIn(row, 'closed_on'),
      net: numberIn(row, 'pipeline_net') ?? 0,
      evidence: textIn(row, 'value_evidence') ?? 'none',
    })),
  };
}
