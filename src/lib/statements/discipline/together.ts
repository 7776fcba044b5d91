import { survivors } from '../../statistics/falseDiscovery.ts';
import { FALSE_DISCOVERY_RATE } from '../../statistics/standOut.ts';
import type { Looked } from './section.ts';

/**
 * Which comparisons of a page may be stated: those that survive a false-discovery rate of 10% over all that its
 * sections looked at (Benjamini & Hochberg 1995). Throws where two have the same name, which would mix them up.
 */
export function standing(sections: readonly { looked: readonly Looked[] }[]): (id: string) => boolean {
  const all = sections.flatMap(({ looked }) => looked);
  const kept = survivors(
    all.map(({ p }) => p),
    FALSE_DISCOVERY_RATE,
  );
  const stands = new Map(all.map(({ id }, at) => [id, kept[at]!]));
  if (stands.size < all.length) throw new Error('Two comparisons have the same name.');
  return (id) => stands.get(id) ?? false;
}
