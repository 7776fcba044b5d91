import type { Asking } from '../../asking/asking.ts';
import { unowned, type Scope } from '../../access/scope.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';

/** For whom maturity is told: the company, one region or one team. */
export interface Place {
  kind: 'company' | 'region' | 'team';
  /** Empty for the company. */
  name: string;
}

export const company: Place = { kind: 'company', name: '' };

/** The place that the page's filters mean, and the filters that maturity can't follow. */
export function placeOf({ filters }: Pick<Asking, 'filters'>): { place: Place; ignored: string[] } {
  const ignored: string[] = [];
  let place = company;
  for (const filter of filters) {
    const [name] = filter.kind === 'one of' && !filter.not && filter.values.length === 1 ? filter.values : [];
    if (place === company && name && (filter.dimension === 'region' || filter.dimension === 'team'))
      place = { kind: filter.dimension, name };
    else ignored.push(filter.dimension);
  }
  return { place, ignored };
}

/** The quarters that maturity is told for, the latest first. */
export async function maturityQuarters(warehouse: Warehouse, scope: Scope): Promise<string[]> {
  const seen = unowned(scope);
  const rows = await warehouse.remember(`maturity quarters ${JSON.stringify(scope)}`, () =>
    warehouse.rows<{ fiscal_quarter: string }>(
      `select fiscal_quarter from core.maturity_quarter where ${seen.test} order by starts_on desc`,
      seen.parameters,
    ),
  );
  return rows.map(({ fiscal_quarter }) => fiscal_quarter);
}

/** The quarter asked about where maturity is told for it, else the last one it is told for. */
export function quarterOf({ period }: Pick<Asking, 'period'>, quarters: readonly string[]): string | null {
  return quarters.find((quarter) => quarter === period) ?? quarters[0] ?? null;
}
