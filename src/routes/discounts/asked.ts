import { alone, requestOf, type Asking } from '$lib/asking/asking.ts';
import type { Door } from '$lib/design/doors.ts';
import type { Scope } from '$lib/metrics/request.ts';
import type { Split } from '$lib/questions/splits.ts';
import { explanationOf, type Basis } from '$lib/records/explanation.ts';
import type { Totals } from '$lib/statements/totals.ts';
import type { Warehouse } from '$lib/warehouse/warehouse.ts';

/** What every section of the page is asked, and what it may say besides. */
export interface Asked {
  warehouse: Warehouse;
  asking: Asking;
  scope: Scope;
  /** Parameters of the address. */
  search: URLSearchParams;
  /** The reporting currency, ISO 4217. */
  currency: string;
  totals: Promise<Totals>;
  /** The splits that the deals asked for know anything of. */
  offered: readonly Split[];
}

/** The same address with one parameter set; taken out where there is no value. */
export function linkTo({ search }: Pick<Asked, 'search'>, parameter: string, value: string | null): string {
  const next = new URLSearchParams(search);
  if (value === null) next.delete(parameter);
  else next.set(parameter, value);
  return `?${next}`;
}

/** The doors that split a section by another dimension. */
export const splitDoors = (asked: Asked, parameter: string, now: string): Door[] =>
  asked.offered.map(({ id, label }) => ({ label, href: linkTo(asked, parameter, id), current: id === now }));

/**
 * What a figure of the page means: one measure, asked with others over the whole of what is asked, or over another
 * period or by something where the section shows that.
 */
export const explained = (
  asked: Asked,
  id: string,
  measures: string[],
  basis: Basis,
  shown: { period?: string | null; by?: string[] } = {},
) =>
  explanationOf(
    asked.warehouse,
    id,
    requestOf(alone(asked.asking), { measures, ...shown }),
    asked.scope,
    basis,
  );
