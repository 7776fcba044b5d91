import { expect, it } from 'vitest';
import { soldAndBilled } from './billingMatch.fixture.ts';
import { modelled, type Given } from './modelled.fixture.ts';

/** What became of findings that were seen the week before: by id, the kind, what it is about and the days of service. */
async function outcomes(
  seen: readonly [kind: string, about: string, from?: string, to?: string][],
  more: Given = {},
) {
  const { connection, rows } = await modelled({ ...soldAndBilled, ...more });
  await connection.run(`insert into raw.finding_day values ('2026-11-09', 'files')`);
  const told = seen.map(([kind, about, from, to]) => {
    const facts = JSON.stringify({
      ...(kind === 'unauthorised_credit' ? { credit: about } : {}),
      ...{ service_from: from ?? null, service_to: to ?? null },
    });
    const line = kind === 'unauthorised_credit' ? 'null' : `'${about}'`;
    return `('2026-11-09', '${kind}:${about}', '${kind}', null, ${line}, 'a', null, null, 100, '2026-10-01', null, '${facts}')`;
  });
  await connection.run(`insert into raw.finding_seen values ${told.join()}`);
  const found = await rows('select finding_id, outcome from core.finding_ended_billing order by 1');
  return Object.fromEntries(found.map(({ finding_id, outcome }) => [finding_id, outcome]));
}

it('takes for recovered what is billed now for the days that were not', async () => {
  expect(
    await outcomes([
      ['not_billed', 'as sold', '2026-01-01', '2027-01-01'],
      ['price', 'once'],
      // Billed for its first year, and ended before the days that the finding was about.
      ['not_billed', 'left early', '2027-01-01', '2028-01-01'],
      // Not due after all.
      ['not_billed', 'three years', '2027-01-01', '2028-01-01'],
      // The days before it are billed by now; that it stopped is another finding.
      ['late_start', 'stopped', '2026-01-01', '2026-04-01'],
      ['price', 'from March', '2026-01-01', '2026-02-01'],
      ['price', 'in dollars', '2026-01-01', '2027-01-01'],
      ['not_billed', 'no such line'],
    ]),
  ).toEqual({
    'late_start:stopped': 'recovered: billed',
    'not_billed:as sold': 'recovered: billed',
    'not_billed:left early': 'gone: cannot tell',
    'not_billed:no such line': 'gone: not exported',
    'not_billed:three years': 'gone: cannot tell',
    'price:from March': 'gone: another cause',
    'price:in dollars': 'gone: another cause',
    'price:once': 'recovered: billed',
  });
});

it('takes a credit for recovered where somebody approved it, and not where no export says', async () => {
  const seen = ['agreed', 'mistake'].map((id) => ['unauthorised_credit', id] as const);
  expect(await outcomes(seen.map(([kind, id]) => [kind, id]))).toEqual({
    'unauthorised_credit:agreed': 'recovered: credit approved',
    'unauthorised_credit:mistake': 'gone: cannot tell',
  });
});
