import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { drawnWidth, figureSizes } from './figureSizes.ts';

const whole = readFileSync(new URL('./Figure.svelte', import.meta.url), 'utf8');
/** What holds on screens; on paper a broader drawing is shown smaller. */
const sheet = whole.slice(0, whole.indexOf('@media print'));

it('agrees with the container queries, which work without script', () => {
  const said = [...sheet.matchAll(/@container \((?:(\d+)px <= )?width(?: >= (\d+)px)?/g)];
  expect(said.map(([, low, high]) => Number(low ?? high ?? 0))).toEqual(figureSizes.map(({ from }) => from));
});

it('keeps text of 12 pixels readable in the smallest place each size has', () => {
  for (const { from, drawn } of figureSizes.slice(1)) expect((12 * from) / drawn).toBeGreaterThanOrEqual(11);
  expect((13 * (320 - 32)) / drawnWidth(288)).toBeGreaterThanOrEqual(11);
});
