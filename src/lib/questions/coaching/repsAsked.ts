import type { Asking } from '../../asking/asking.ts';
import { requestOf } from '../../asking/asking.ts';
import { answer } from '../../metrics/answer.ts';
import { dimensionById, type Filter, type Scope } from '../../metrics/request.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';

/** Filters that a rep's months know; the rest, such as of products, can't choose reps. */
export const filtersOfReps = ({ filters }: Asking): Filter[] =>
  filters.filter(({ dimension }) => dimensionById.get(dimension)?.sql.rep_month !== undefined);

/** The asking as far as reps' months can answer it. */
export const aboutReps = (asking: Asking): Asking => ({
  ...asking,
  compare: null,
  before: null,
  hierarchy: 'as_closed',
  rates: 'plan',
  filters: filtersOfReps(asking),
});

/** Ids of the reps who ever stood where the filters say; null where all are asked about. */
export async function repsAsked(
  warehouse: Warehouse,
  asking: Asking,
  scope: Scope,
): Promise<ReadonlySet<string> | null> {
  if (filtersOfReps(asking).length === 0) return null;
  const request = requestOf(aboutReps(asking), { measures: ['reps'], by: ['rep_id'], period: null });
  const { rows } = await answer(warehouse, request, scope);
  return new Set(rows.map((row) => String(row.rep_id)));
}

/** What is said of filters that reps' months can't be narrowed by; null where there are none. */
export function filtersLeftOut({ filters }: Asking): string | null {
  const left = filters.filter(({ dimension }) => !dimensionById.get(dimension)?.sql.rep_month);
  if (left.length === 0) return null;
  const names = left.map(({ dimension }) => dimensionById.get(dimension)!.label.toLowerCase());
  return `Coaching is of reps: it is not narrowed by ${names.join(', ')}.`;
}
