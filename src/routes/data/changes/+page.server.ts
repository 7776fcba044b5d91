import { changedCustomers, changedFiles, changedSettings } from '$lib/records/data/changes/around.ts';
import { comparedBuilds } from '$lib/records/data/changes/compared.ts';
import { changedDeals } from '$lib/records/data/changes/deals.ts';
import { causeSums, countsOf, quarterSums } from '$lib/records/data/changes/sums.ts';
import { CUSTOMERS_SHOWN } from '$lib/records/data/page.ts';
import { keptBuilds } from '$lib/records/data/builds.ts';
import { readPage } from '$lib/records/dealList.ts';
import { orRefuse } from '$lib/records/orRefuse.ts';
import { onceEach } from '$lib/records/refusal.ts';
import { currentWarehouse } from '$lib/warehouse/current.ts';
import { pairAsked, whichDeals } from './asked.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url, locals: { scope } }) =>
  orRefuse(async () => {
    onceEach(url.searchParams);
    const which = whichDeals(url.searchParams);
    const page = readPage(url.searchParams.get('page'));
    const { file, build } = await currentWarehouse();
    const builds = await keptBuilds(file, scope);
    const told = builds.map(({ file: _file, stamp: _stamp, ...rest }) => rest);
    const pair = pairAsked(builds, url.searchParams);
    if (!pair) return { builds: told, timeZone: build.time_zone, pair: null };
    const compared = await comparedBuilds(pair.before, pair.after, scope);
    const [quarters, causes, counts, deals, customers, files, settings] = await Promise.all([
      quarterSums(compared, scope),
      causeSums(compared, scope),
      countsOf(compared, scope),
      changedDeals(compared, which, page, scope),
      changedCustomers(compared, CUSTOMERS_SHOWN, scope),
      changedFiles(compared, scope),
      changedSettings(compared, scope),
    ]);
    const { file: _before, stamp: _of, ...before } = pair.before;
    const { file: _after, stamp: _its, ...after } = pair.after;
    return {
      builds: told,
      timeZone: build.time_zone,
      pair: { before, after, which, quarters, causes, counts, deals, customers, files, settings },
    };
  });
