import { askedSearch, readAsking } from '$lib/asking/asking.ts';
import { drawing, halfWide } from '$lib/charts/render.ts';
import { period as periodWords } from '$lib/design/formats.ts';
import { indicatorsOf } from '$lib/questions/maturity/indicators.ts';
import { journeyOf, levelsWithin } from '$lib/questions/maturity/levels.ts';
import { maturityModel } from '$lib/questions/maturity/model.ts';
import { maturityQuarters, placeOf, quarterOf } from '$lib/questions/maturity/place.ts';
import { cadence } from '$lib/questions/coaching/cadence.ts';
import { loops } from '$lib/questions/coaching/loops.ts';
import { otherScales } from '$lib/questions/maturity/scales.ts';
import { orRefuse } from '$lib/records/orRefuse.ts';
import { stageOf } from '$lib/statements/coaching/sections.ts';
import {
  levelInWords,
  profileHeadline,
  profileStandfirst,
  standingsOf,
} from '$lib/statements/maturity/profile.ts';
import { allMet, holdsBack, scoreInWords, sideBySide } from '$lib/statements/maturity/sections.ts';
import { scalesTable } from '$lib/statements/maturity/scales.ts';
import { currentWarehouse } from '$lib/warehouse/current.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url, locals: { scope } }) =>
  orRefuse(async () => {
    const warehouse = await currentWarehouse();
    const asking = await readAsking(url.searchParams, warehouse);
    const { place, ignored } = placeOf(asking);
    const [model, quarters] = await Promise.all([
      maturityModel(warehouse),
      maturityQuarters(warehouse, scope),
    ]);
    const quarter = quarterOf(asking, quarters);
    if (quarter === null) return { told: false as const };
    const before = quarters[quarters.indexOf(quarter) + 1] ?? null;
    const [journey, states, statesBefore, within, scales, coached, travelled] = await Promise.all([
      journeyOf(warehouse, place, scope),
      indicatorsOf(warehouse, quarter, place, scope),
      before === null ? [] : indicatorsOf(warehouse, before, place, scope),
      levelsWithin(warehouse, quarter, scope),
      otherScales(warehouse, scope),
      cadence(warehouse, asking, scope),
      loops(warehouse, asking, scope),
    ]);
    const now = journey.filter(({ fiscal_quarter }) => fiscal_quarter === quarter);
    const standings = standingsOf(model, now);
    const kept = askedSearch(asking);
    const follow = (page: string) => {
      const [path, own] = page.split('?');
      const search = new URLSearchParams(kept);
      search.set('period', quarter);
      // A figure over longer than a quarter says so in its own link.
      for (const [name, value] of new URLSearchParams(own)) search.set(name, value);
      return `${path}?${search}`;
    };
    const there = (kind: string) => (name: string) =>
      `?${kind}=${encodeURIComponent(name)}&period=${quarter}`;
    return {
      told: true as const,
      levels: model.levels,
      quarter: periodWords(quarter),
      headline: profileHeadline(standings, place),
      standfirst: profileStandfirst(
        model,
        standings,
        journey.filter(({ fiscal_quarter }) => fiscal_quarter === before),
        { now: states, before: statesBefore },
      ),
      otherPeriod: url.searchParams.has('period') && asking.period !== quarter,
      place,
      ignored,
      standings,
      score: scoreInWords(now, model),
      domains: standings.map(({ domain, label, question }) => ({
        domain,
        label,
        question,
        held: holdsBack(model, states, domain, follow),
        journey: halfWide(
          drawing(
            'maturityJourney',
            journey
              .filter((level) => level.domain === domain)
              .map(({ fiscal_quarter, level_at_least, level_at_most }) => ({
                period: fiscal_quarter,
                at_least: level_at_least,
                at_most: level_at_most,
                level: levelInWords(model, level_at_least, level_at_most),
              })),
          ),
        ),
      })),
      quartersTold: quarters.length,
      regions: sideBySide(model, within, 'region', there('region')),
      teams: sideBySide(model, within, 'team', there('team')),
      met: allMet(model, states, follow),
      published: model.published,
      scales: scalesTable(scales, stageOf(coached, travelled)),
      answersNeeded: {
        people: model.minimum_answers,
        departments: model.minimum_departments,
        quarters: model.answers_count_for_quarters,
      },
    };
  });
