import { alone, requestOf, type Asking } from '../asking/asking.ts';
import { answer } from '../metrics/answer.ts';
import { BadRequest } from '../metrics/badRequest.ts';
import type { Scope } from '../metrics/request.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

/** Lines that no amount of the reporting currency holds, since their currency has no rate on their day. */
export interface Unrated {
  currency: string;
  lines: number;
  /** In that currency. */
  net: number;
}

/** Whether anything was sold in another currency than the reporting one. */
async function hasOthers(warehouse: Warehouse): Promise<boolean> {
  const [found] = await warehouse.remember('other currencies', () =>
    warehouse.rows<{ others: boolean }>(
      `select exists (from marts.fact_deal where currency <> (select currency from meta.build))
         or exists (from marts.fact_deal_line where currency <> (select currency from meta.build)) as others`,
    ),
  );
  return found?.others ?? false;
}

/** What was won without an exchange rate, by currency, most lines first. */
export async function unrated(warehouse: Warehouse, asking: Asking, scope: Scope): Promise<Unrated[]> {
  if (!(await hasOthers(warehouse))) return [];
  const measures = ['unrated_lines', 'unrated_net'];
  const { rows } = await answer(warehouse, requestOf(alone(asking), { measures, by: ['currency'] }), scope);
  return rows
    .map((row) => ({
      currency: String(row.currency),
      lines: Number(row.unrated_lines ?? 0),
      net: Number(row.unrated_net ?? 0),
    }))
    .filter(({ lines }) => lines > 0)
    .sort((a, b) => b.lines - a.lines);
}

/**
 * What the rates of the close make of net, unit cost and what is given back, less what plan rates make of them. Nulls
 * where nothing is in another currency, or where what is given back is not known by what is asked for.
 */
export async function variances(
  warehouse: Warehouse,
  asking: Asking,
  scope: Scope,
): Promise<{ net: number; cost: number; given: number }> {
  if (!(await hasOthers(warehouse))) return { net: 0, cost: 0, given: 0 };
  const sums = async (measures: string[]) => {
    try {
      return (await answer(warehouse, requestOf(alone(asking), { measures }), scope)).totals;
    } catch (error) {
      if (error instanceof BadRequest) return {};
      throw error;
    }
  };
  const [sold, given, credited] = await Promise.all([
    sums(['net_variance', 'cost_variance']),
    scope.kind === 'everything' ? sums(['given_variance']) : {},
    sums(['credit_variance']),
  ]);
  const value = (found: Record<string, unknown>, id: string) => Number(found[id] ?? 0);
  return {
    net: value(sold, 'net_variance'),
    cost: value(sold, 'cost_variance'),
    given: value(given, 'given_variance') + value(credited, 'credit_variance'),
  };
}
