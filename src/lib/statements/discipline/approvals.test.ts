import { expect, it } from 'vitest';
import type { ApproverBenchmark } from '../../questions/discipline/approvers.ts';
import { approversTogether } from './approvals.ts';

/** Approvers by name: whether they are compared, and whether they stand out. */
const found = (approvers: Record<string, 'stands' | 'like others' | 'too few'>) =>
  ({
    units: Object.entries(approvers).map(([name, kind]) => ({
      ...{ name, observed: 30, expected: 20, weight: 100 },
      compared: kind === 'too few' ? null : { stands: kind === 'stands' },
    })),
  }) as unknown as ApproverBenchmark;

it('answers with who grants deeper where all grant as often', () => {
  const often = found({ Ann: 'like others', Bea: 'like others' });
  const deep = found({ Ann: 'like others', Bea: 'stands' });
  expect(approversTogether(often, deep)).toBe(
    '2 approvers grant such requests about as often as each other: the differences are within chance. ' +
      'Bea grants discounts of 30.0%; others give 20.0% on such requests.',
  );
});

it('says nothing of how deep where nobody was compared by it', () => {
  expect(approversTogether(found({ Ann: 'stands' }), found({ Ann: 'too few' }))).toBe(
    'Ann grants 30.0% of requests; others grant 20.0% on such requests.',
  );
});
