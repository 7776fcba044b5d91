import { count, rate } from '../design/formats.ts';

/** "412 deals · list price known for 96% of net" */
export function basisOf({ n, coverage }: { n: number; coverage: number | null }): string {
  const deals = count(n, 'deal');
  return coverage === null ? deals : `${deals} · list price known for ${rate(coverage, 0)} of net`;
}
