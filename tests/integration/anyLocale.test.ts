import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { company, throughFiles, type Company } from './localeCompany.ts';

async function check(made: Company): Promise<void> {
  const { read, expected } = await throughFiles(made);
  expect(read).toEqual(expected);
}

describe('a company written out in any dialect and locale', () => {
  const runs = Number(process.env.LOCALE_RUNS ?? 30);
  const seed = Number(process.env.LOCALE_SEED ?? Date.now() % 1_000_000);

  it(
    'comes back the same to the cent, or after the answer to a question',
    { timeout: runs * 8000 },
    async () => {
      await fc.assert(fc.asyncProperty(company, check), { seed: 20_261_122, numRuns: Math.ceil(runs / 2) });
      await fc.assert(fc.asyncProperty(company, check), { seed, numRuns: Math.ceil(runs / 2) });
    },
  );
});
