import { survivors } from './falseDiscovery.ts';
import { twoSidedP } from './normal.ts';
import { FALSE_DISCOVERY_RATE } from './standOut.ts';

/** A group of `n` things of which `hits` are so. */
export interface Share {
  name: string;
  hits: number;
  n: number;
}

export interface ShareApart extends Share {
  share: number;
  /** The share of all others together. */
  rest: number;
  p: number;
  /** Survives a false-discovery rate of 10% over all groups compared. */
  stands: boolean;
}

/** Expected hits and misses on either side below which the normal approximation is not to be trusted. */
const MINIMUM_EXPECTED = 5;

/**
 * Each group's share against that of all others together: the test of two shares with pooled variance (Fleiss,
 * Levin & Paik, Statistical Methods for Rates and Proportions, 3rd ed. 2003, section 3.1, without the correction for
 * continuity), kept at a false-discovery rate of 10%. Groups in which fewer than five hits or misses are expected are
 * left out (Cochran 1954, "Some methods for strengthening the common χ² tests", Biometrics 10, 417–451).
 */
export function sharesApart(groups: readonly Share[]): ShareApart[] {
  const hits = groups.reduce((sum, group) => sum + group.hits, 0);
  const n = groups.reduce((sum, group) => sum + group.n, 0);
  const pooled = hits / n;
  const rare = Math.min(pooled, 1 - pooled);
  const compared = groups
    .filter((group) => Math.min(group.n, n - group.n) * rare >= MINIMUM_EXPECTED)
    .map((group) => {
      const others = n - group.n;
      const [share, rest] = [group.hits / group.n, (hits - group.hits) / others];
      const error = Math.sqrt(pooled * (1 - pooled) * (1 / group.n + 1 / others));
      return { ...group, share, rest, p: twoSidedP((share - rest) / error) };
    });
  const stand = survivors(
    compared.map(({ p }) => p),
    FALSE_DISCOVERY_RATE,
  );
  return compared.map((group, at) => ({ ...group, stands: stand[at]! }));
}
