import { expect, it } from 'vitest';
import type { TieOut } from '../questions/leakage/tieOut.ts';
import { tieOutParts } from '../statements/leakageTables.ts';
import { drawing } from './render.ts';

const cause = { lines: 1, parts: 1, sold: 0, billed: 0, more: 0, confidence: null };
const found = {
  ...{ due: 1_000, matched: 600, unmatchedSold: 0, n: 9, matchedParts: 7 },
  causes: [
    { ...cause, cause: 'not_billed', less: 100 },
    { ...cause, cause: 'unauthorised_credit', less: 50 },
  ],
} as unknown as TieOut;
const drawn = (of: TieOut, width: number) =>
  drawing('tieOut', tieOutParts(of), 'USD').picture(width, 'tie-out')!.replaceAll('\u00a0', ' ');

it.each([900, 358])(
  'takes off what came due only what bills lack, and draws credits below: %i wide',
  (width) => {
    const bar = drawn(found, width);
    expect(bar).toContain('Of others billed: $300, 30.0%');
    expect(bar).toContain('Billed short: $100, 10.0%');
    expect(bar).toContain('Credit nobody approved: $50 less than sold');
    expect(bar).not.toContain('No bill found');
  },
);

it.each([900, 358])(
  'says of what found no bill that none was found, not that it was billed: %i wide',
  (width) => {
    const lost = { ...cause, cause: 'unmatched_sold', less: 0 } as (typeof found.causes)[number];
    const bar = drawn({ ...found, unmatchedSold: 250, causes: [...found.causes, lost] }, width);
    expect(bar).toContain('Of others billed: $50, 5.0%');
    expect(bar).toContain('No bill found: $250, 25.0%');
    expect(bar).toContain('Billed short: $100, 10.0%');
  },
);
