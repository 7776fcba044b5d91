import { expect, it } from 'vitest';
import type { TieOut } from '../questions/leakage/tieOut.ts';
import { tieOutParts } from '../statements/leakageTables.ts';
import { drawing, drawToString } from './render.ts';

it('takes off what came due only what bills lack, and draws credits below', () => {
  const cause = { lines: 1, parts: 1, sold: 0, billed: 0, more: 0, confidence: null };
  const found = {
    ...{ due: 1_000, matched: 600, n: 9, matchedParts: 7 },
    causes: [
      { ...cause, cause: 'not_billed', less: 100 },
      { ...cause, cause: 'unauthorised_credit', less: 50 },
    ],
  } as unknown as TieOut;
  const drawn = drawToString(drawing('tieOut', tieOutParts(found), 'USD'), {
    width: 900,
    label: 'tie-out',
  }).replaceAll('\u00a0', ' ');
  expect(drawn).toContain('Billed in part, or no bill found: $300, 30.0%');
  expect(drawn).toContain('Of others billed: $300, 30.0%');
  expect(drawn).toContain('Billed short: $100, 10.0%');
  expect(drawn).toContain('Credit nobody approved: $50 less than sold');
});
