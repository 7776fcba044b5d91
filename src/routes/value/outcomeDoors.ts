import { downloadDoors, type Asking } from '$lib/asking/asking.ts';
import type { Door } from '$lib/design/doors.ts';
import type { Basis } from '$lib/questions/value/comparison.ts';

/** The asking as an address in which a parameter also holds a value: of what is left out, or of what alone counts. */
function narrowed(asking: Asking, parameter: 'discount_kind' | 'deal_type!', value: string): Asking {
  const search = new URLSearchParams(asking.search);
  const before = search.get(parameter);
  const leavesOut = parameter.endsWith('!');
  search.set(parameter, leavesOut && before !== null ? `${before},${value}` : value);
  return { ...asking, search };
}

/** Discounts of a table of outcomes count those that someone decided, where the source tells them apart. */
const pricedOf = (asking: Asking, { discounts }: Basis): Asking =>
  discounts === 'discretionary' ? narrowed(asking, 'discount_kind', 'discretionary') : asking;

/** Wins of a table of outcomes leave out renewals, where deal types are known. */
const endedOf = (asking: Asking, { withoutRenewals }: Basis): Asking =>
  withoutRenewals ? narrowed(asking, 'deal_type!', 'renewal') : asking;

/** A table of outcomes as files: discounts and wins are counted over other deals, so each has its own. */
export function outcomeDownloads(asking: Asking, basis: Basis, by: string[]): Door[] {
  const named = (what: string, of: Asking, measures: string[]) =>
    downloadDoors(of, { measures, by }).map(({ label, href }) => ({ label: `${what}, ${label}`, href }));
  return [
    ...named('Discounts', pricedOf(asking, basis), ['deals', 'discount_rate', 'discount_rate_error']),
    ...named('Wins', endedOf(asking, basis), ['won_deals', 'lost_deals', 'win_rate', 'cycle_days']),
  ];
}
