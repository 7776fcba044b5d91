import { alone, readAsking } from '$lib/asking/asking.ts';
import { standardPeriodOf } from '$lib/design/pages.ts';
import { orRefuse } from '$lib/records/orRefuse.ts';
import { disciplineHeadline, disciplineStandfirst } from '$lib/statements/discipline/headline.ts';
import { standing } from '$lib/statements/discipline/together.ts';
import { totalsOf } from '$lib/statements/totals.ts';
import { currentWarehouse } from '$lib/warehouse/current.ts';
import { later } from '$lib/warehouse/firstAnswer.ts';
import type { PageServerLoad } from './$types';
import { approvalsSection } from './approvalsSection.ts';
import type { Asked } from './asked.ts';
import { bunchingSection } from './bunchingSection.ts';
import { policySection } from './policySection.ts';
import { quarterEndSection } from './quarterEndSection.ts';
import { recoverableSection } from './recoverableSection.ts';
import { splitsSection } from './splitsSection.ts';
import { unearnedSection } from './unearnedSection.ts';
import { winRateSection } from './winRateSection.ts';

export const load: PageServerLoad = ({ url, locals }) =>
  orRefuse(async () => {
    const warehouse = await currentWarehouse();
    const asking = await readAsking(url.searchParams, warehouse, standardPeriodOf(url.pathname));
    const { list } = await totalsOf(warehouse, alone(asking), locals.scope);
    const priced = list !== null;
    const asked = { warehouse, asking, scope: locals.scope, url, priced };
    return { found: await later(locals, () => foundIn(asked)) };
  });

/** All sections: which of their findings stand is told of all of them together. */
async function foundIn(asked: Asked) {
  const sections = await Promise.all([
    quarterEndSection(asked),
    bunchingSection(asked),
    approvalsSection(asked),
    splitsSection(asked),
    policySection(asked),
    unearnedSection(asked),
    winRateSection(asked),
    recoverableSection(asked),
  ]);
  const stands = standing(sections);
  const [quarterEnd, bunching, approvals, splits, policy, unearned, winRate, recoverable] = sections;
  const shown = {
    quarterEnd: quarterEnd.shown(stands),
    bunching: bunching.shown(stands),
    approvals: approvals.shown(stands),
    splits: splits.shown(stands),
    policy: policy.shown(),
    unearned: unearned.shown(stands),
    winRate: winRate.shown(stands),
    recoverable: recoverable.shown(stands),
  };
  const said = Object.values(shown).flatMap((section) => section.said);
  const looked = sections.flatMap((section) => section.looked);
  return {
    ...shown,
    headline: disciplineHeadline(said, asked.priced ? looked.length : 0),
    standfirst: disciplineStandfirst(said, looked, stands),
  };
}
