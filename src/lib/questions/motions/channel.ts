import { repSeen, type Scope } from '../../access/scope.ts';
import { alone, dealsHref, requestOf, type Asking } from '../../asking/asking.ts';
import type { Column, Row } from '../../design/table.ts';
import { answer } from '../../metrics/answer.ts';
import { concentration, type Concentration } from '../../statistics/concentration.ts';
import { MINIMUM_DEALS } from '../../statistics/standOut.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { numberIn } from './retention.ts';

/** Share of all bookings from which on one partner is a dependence: ours, as the specification draws it. */
export const DEPENDENCE = 0.1;

export interface Partner {
  id: string;
  name: string;
  net: number;
  /** Of all bookings, direct ones too. */
  share: number;
  discountRate: number | null;
  deals: number;
}

export interface Channel {
  partners: Partner[];
  /** Through partners ÷ all bookings. */
  indirect: number;
  /** Shares of what goes through partners. */
  top1: number;
  top5: number;
  /** Of what goes through partners; drawn anew by partner. */
  spread: Concentration | null;
  columns: Column[];
  rows: Row[];
}

const columns: Column[] = [
  { id: 'name', label: 'Partner', sortable: false },
  { id: 'net', label: 'Net', unit: 'money', sortable: false, phone: 'figure' },
  { id: 'share', label: 'Share of all', unit: 'rate', bar: true, sortable: false, phone: 'line' },
  { id: 'discountRate', label: 'Discount', unit: 'rate', sortable: false, phone: 'line' },
  { id: 'deals', label: 'Deals', unit: 'count', sortable: false, phone: 'line' },
];

/** What partners are called, as far as they are customers too; of deals that the reader sees. */
async function partnerNames(warehouse: Warehouse, scope: Scope): Promise<Map<string, string | null>> {
  const seen = repSeen(scope, 'rep_id');
  const names = await warehouse.remember(`names of partners ${JSON.stringify(scope)}`, () =>
    warehouse.rows<{ id: string; name: string | null }>(
      `select account_id as id, any_value(name) as name from core.account
       where account_id in (select partner_id from marts.fact_deal where ${seen.test}) group by account_id`,
      seen.parameters,
    ),
  );
  return new Map(names.map(({ id, name }) => [id, name]));
}

/** Bookings and discount by partner, largest first; null where no deal that was won names a partner. */
export async function channel(warehouse: Warehouse, asking: Asking, scope: Scope): Promise<Channel | null> {
  const { rows, totals } = await answer(
    warehouse,
    requestOf(alone(asking), { measures: ['net_amount', 'discount_rate', 'deals'], by: ['partner_id'] }),
    scope,
  );
  const whole = numberIn(totals, 'net_amount') ?? 0;
  const through = rows.filter((row) => row.partner_id !== null && (numberIn(row, 'net_amount') ?? 0) > 0);
  if (through.length === 0 || !(whole > 0)) return null;
  const named = await partnerNames(warehouse, scope);
  const partners = through
    .map((row): Partner => {
      const id = String(row.partner_id);
      const net = numberIn(row, 'net_amount') ?? 0;
      return {
        ...{ id, net, name: named.get(id) ?? id, share: net / whole },
        discountRate: numberIn(row, 'discount_rate'),
        deals: numberIn(row, 'deals') ?? 0,
      };
    })
    .sort((a, b) => b.net - a.net);
  const indirect = partners.reduce((sum, { net }) => sum + net, 0);
  const top = (count: number) => partners.slice(0, count).reduce((sum, { net }) => sum + net, 0) / indirect;
  return {
    partners,
    indirect: indirect / whole,
    top1: top(1),
    top5: top(5),
    spread: concentration(partners.map(({ id, net }) => ({ unit: id, share: 1, amount: net }))),
    columns,
    rows: partners.slice(0, 25).map(({ id, name, net, share, discountRate, deals }) => ({
      key: id,
      href: dealsHref(asking, { partner_id: id }),
      cells: { name, net, share, discountRate, deals },
      alarm: share >= DEPENDENCE ? ['share'] : [],
      faint: deals < MINIMUM_DEALS,
    })),
  };
}
