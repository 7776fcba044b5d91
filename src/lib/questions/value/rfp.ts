import type { Asking } from '../../asking/asking.ts';
import type { Scope } from '../../metrics/request.ts';
import type { Interval } from '../../statistics/bootstrap.ts';
import { MINIMUM_DEALS } from '../../statistics/standOut.ts';
import { wilson } from '../../statistics/wilson.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { ask, numberIn, only, textIn } from './asked.ts';
import { soldGroups, type SoldGroups } from './groups.ts';

/** From worst to best, after "Your Value Focused Journey: What is Your Sales Reputation?". */
export const engagements = ['unknown', 'known_without_content', 'content_known', 'shaped'] as const;

export interface RfpQuarter {
  period: string;
  deals: number;
  shaped: number;
  unknown: number;
}

export interface Rfp extends SoldGroups {
  shaped: number;
  interval: Interval | null;
  /** Quarters that are over, with enough requests to say a share. */
  quarters: RfpQuarter[];
}

/** Requests for proposal by how early we were in them; null where no deal says. */
export async function rfp(warehouse: Warehouse, asking: Asking, scope: Scope): Promise<Rfp | null> {
  const [found, course] = await Promise.all([
    soldGroups(warehouse, asking, scope, ['rfp_engagement'], engagements, [
      { id: 'rfp', one: ['shaped'], other: engagements.slice(0, 3) },
    ]),
    ask(
      warehouse,
      { ...asking, period: null },
      scope,
      { measures: ['rfp_deals'], by: ['fiscal_quarter', 'rfp_engagement'] },
      [only('rfp_engagement', [''], true)],
    ),
  ]);
  if (found.deals === 0) return null;
  const over = new Set(
    warehouse.periods
      .filter(({ kind, ends_on }) => kind === 'quarter' && ends_on <= warehouse.build.data_on)
      .map(({ period }) => period),
  );
  const quarters = [...new Set(course.rows.map((row) => textIn(row, 'fiscal_quarter')))]
    .filter((period): period is string => period !== null && over.has(period))
    .toSorted()
    .map((period): RfpQuarter => {
      const of = (id?: string) =>
        course.rows
          .filter((row) => row.fiscal_quarter === period && (id === undefined || row.rfp_engagement === id))
          .reduce((sum, row) => sum + (numberIn(row, 'rfp_deals') ?? 0), 0);
      return { period, deals: of(), shaped: of('shaped'), unknown: of('unknown') };
    })
    .filter(({ deals }) => deals >= MINIMUM_DEALS);
  const shaped = found.groups.find(({ id }) => id === 'shaped')?.deals ?? 0;
  return { ...found, shaped, interval: wilson(shaped, found.deals), quarters };
}
