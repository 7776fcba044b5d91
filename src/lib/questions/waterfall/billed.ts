import { alone, requestOf, type Asking } from '../../asking/asking.ts';
import { answer } from '../../metrics/answer.ts';
import { customers } from '../../metrics/dimensions/customers.ts';
import { people } from '../../metrics/dimensions/people.ts';
import type { Filter, Scope } from '../../metrics/request.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { exactly, numberOf, partsOf, type OnInvoice, type Untold } from './onInvoice.ts';
import { isTold, namesOf, sliceOf } from './slice.ts';

const measures = [
  ...['billed_priced_list', 'billed_below_list', 'billed_by_code', 'billed_uplift', 'billed_unpriced'],
  ...['billed_net', 'billed_list_coverage', 'billed_lines', 'billed_unrated_lines'],
];

const ofWhom = new Set([...people, ...customers].map(({ id }) => id));
const asksForUntold = (filter: Filter) => filter.kind === 'one of' && filter.values.includes('');
/** A bill has a customer and somebody who sold it, told or not; a coupon it need not have. */
const isOfWhom = (filter: Filter) => ofWhom.has(filter.dimension) && !asksForUntold(filter);

/** Bills of the period that don't say what is filtered for: they may belong to the slice, and are not counted in it. */
async function untoldOf(warehouse: Warehouse, asking: Asking, scope: Scope): Promise<Untold | null> {
  const slice = sliceOf(asking.filters.filter(isOfWhom));
  if (slice.length === 0 || scope.kind !== 'everything') return null;
  const [whole, told] = await Promise.all(
    [[], slice.map(isTold)].map(async (filters) => {
      const asked = requestOf(alone(asking), { measures: ['billed_net'], filters });
      return numberOf(await answer(warehouse, asked, scope), 'billed_net') ?? 0;
    }),
  );
  const net = exactly(whole! - told!);
  return net > 0 && whole! > 0 ? { by: namesOf(slice), net, told: told! / whole! } : null;
}

/**
 * From list to the invoice as bills of the period say it, tax left out. Bills know coupons and promotions, not who
 * decided anything, and no cost. Throws BadRequest for a filter that bills say nothing of.
 */
export async function billed(warehouse: Warehouse, asking: Asking, scope: Scope): Promise<OnInvoice> {
  const [answered, untold] = await Promise.all([
    answer(warehouse, requestOf(alone(asking), { measures }), scope),
    untoldOf(warehouse, asking, scope),
  ]);
  const value = (id: string) => numberOf(answered, id) ?? 0;
  const left =
    value('billed_unrated_lines') > 0
      ? await answer(
          warehouse,
          requestOf(alone(asking), {
            measures: ['billed_unrated_lines', 'billed_unrated_net'],
            by: ['currency'],
          }),
          scope,
        )
      : { rows: [] };
  const [below, byCode] = [value('billed_below_list'), value('billed_by_code')];
  return {
    answered,
    counted: { n: value('billed_lines'), one: 'bill line' },
    list: value('billed_priced_list'),
    off: partsOf(below, [
      { id: 'by_code', label: 'Coupons, promotions', amount: byCode, alarm: false },
      { id: 'other_discount', label: 'Other discount', amount: exactly(below - byCode), alarm: true },
    ]),
    uplift: value('billed_uplift'),
    unpriced: value('billed_unpriced'),
    net: value('billed_net'),
    listCoverage: numberOf(answered, 'billed_list_coverage'),
    cost: null,
    costCoverage: null,
    untold,
    unrated: left.rows
      .map((row) => ({
        currency: String(row.currency),
        lines: Number(row.billed_unrated_lines ?? 0),
        net: Number(row.billed_unrated_net ?? 0),
      }))
      .filter(({ lines }) => lines > 0)
      .sort((a, b) => b.lines - a.lines),
  };
}
