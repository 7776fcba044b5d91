import { readAsking } from '$lib/asking/asking.ts';
import { standardPeriodOf } from '$lib/design/pages.ts';
import { orRefuse } from '$lib/records/orRefuse.ts';
import { standing } from '$lib/statements/discipline/together.ts';
import { currentWarehouse } from '$lib/warehouse/current.ts';
import type { PageServerLoad } from './$types';
import { recoverableSection } from './recoverableSection.ts';
import { unearnedSection } from './unearnedSection.ts';
import { winRateSection } from './winRateSection.ts';

export const load: PageServerLoad = ({ url, locals }) =>
  orRefuse(async () => {
    const warehouse = await currentWarehouse();
    const asking = await readAsking(url.searchParams, warehouse, standardPeriodOf(url.pathname));
    const asked = { warehouse, asking, scope: locals.scope, url };
    const sections = await Promise.all([
      unearnedSection(asked),
      winRateSection(asked),
      recoverableSection(asked),
    ]);
    const stands = standing(sections);
    const [unearned, winRate, recoverable] = sections;
    return {
      unearned: unearned.shown(stands),
      winRate: winRate.shown(stands),
      recoverable: recoverable.shown(stands),
    };
  });
