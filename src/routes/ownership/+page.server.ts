import { alone, dealsHref, readAsking, requestOf } from '$lib/asking/asking.ts';
import { drawing, halfWide } from '$lib/charts/render.ts';
import { count } from '$lib/design/formats.ts';
import { standardPeriodOf } from '$lib/design/pages.ts';
import { answer } from '$lib/metrics/answer.ts';
import { antiPatterns } from '$lib/questions/ownership/antiPatterns.ts';
import { customerOwnership } from '$lib/questions/ownership/customers.ts';
import { asFarAs } from '$lib/questions/ownership/fitting.ts';
import { handling } from '$lib/questions/ownership/handling.ts';
import { hands } from '$lib/questions/ownership/hands.ts';
import { influences } from '$lib/questions/ownership/influences.ts';
import { models } from '$lib/questions/ownership/models.ts';
import { readSettings } from '$lib/questions/ownership/settings.ts';
import { stageNames } from '$lib/questions/ownership/stage.ts';
import { survey2019 } from '$lib/questions/ownership/survey.ts';
import { explanationOf } from '$lib/records/explanation.ts';
import { loadedTables } from '$lib/records/loaded.ts';
import { orRefuse } from '$lib/records/orRefuse.ts';
import * as customerWords from '$lib/statements/ownership/customers.ts';
import * as handlingWords from '$lib/statements/ownership/handling.ts';
import * as influenceWords from '$lib/statements/ownership/influences.ts';
import * as modelWords from '$lib/statements/ownership/models.ts';
import { ignoredWords } from '$lib/statements/ownership/words.ts';
import { currentWarehouse } from '$lib/warehouse/current.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url, locals: { scope } }) =>
  orRefuse(async () => {
    const warehouse = await currentWarehouse();
    const { currency } = warehouse.build;
    const asking = await readAsking(url.searchParams, warehouse, standardPeriodOf(url.pathname));
    const settings = readSettings(url.searchParams);
    const tables = await loadedTables(warehouse);
    const isLoaded = (table: string) => (tables.get(table)?.rows ?? 0) > 0;
    const [owned, met, [found, patterns, deals], handled, fit] = await Promise.all([
      customerOwnership(warehouse, asking, scope),
      hands(warehouse, asking, scope),
      isLoaded('deal_influence')
        ? Promise.all([
            influences(warehouse, asking, scope, settings),
            antiPatterns(warehouse, asking, scope, settings),
            answer(
              warehouse,
              requestOf(alone(asFarAs(asking, 'deal').asking), {
                measures: ['won_deals', 'lost_deals', 'open_deals'],
              }),
              scope,
            ),
          ])
        : ([null, [], null] as const),
      handling(warehouse, asking, scope, settings),
      models(warehouse, asking, scope, settings),
    ]);
    const dealsAsked = ['won_deals', 'lost_deals', 'open_deals'].reduce(
      (sum, id) => sum + Number(deals?.totals[id] ?? 0),
      0,
    );
    const link = (parameter: string, value: string | null) => {
      const search = new URLSearchParams(url.searchParams);
      if (value === null) search.delete(parameter);
      else search.set(parameter, value);
      return `?${search}`;
    };
    const about = (
      id: string,
      fact: 'account_owner_span' | 'influence_span' | 'handling',
      n: string,
      of = asFarAs(asking, fact).asking,
    ) => ({
      ...explanationOf(warehouse, id, requestOf(alone(of), { measures: [id] }), scope, {
        n: 0,
        coverage: null,
      }),
      n,
    });
    const stage = (at: number | null, label: string) => ({
      label,
      href: link('at_stage', at === null ? null : String(at)),
      current: settings.stage === at,
    });
    const by = url.searchParams.get('show') === 'dollars' ? 'dollars' : 'deals';
    const renewed = handled.mixes.some(({ deals: won, unknown }) => won + unknown > 0);
    return {
      currency,
      settings,
      headline: customerWords.ownershipHeadline(owned, currency),
      standfirst: owned.now.all.count > 0 ? customerWords.sharesInWords(owned) : undefined,
      missing: customerWords.whyNoCustomers(owned),
      customers:
        owned.now.all.count > 0
          ? {
              answer: customerWords.unclearInWords(owned),
              trendAnswer: customerWords.trendInWords(owned),
              basis: `${customerWords.accountsInWords(owned.now.all)}, today`,
              trend: owned.quarters.length > 1 ? drawing('ownerTrend', owned.quarters) : null,
              columns: customerWords.unclearColumns,
              rows: customerWords.unclearRows(owned),
              note: ignoredWords(owned.ignored),
              downloads: owned.downloads,
              listDownloads: owned.listDownloads,
              explain: about(
                'share_one_owner',
                'account_owner_span',
                `${count(owned.customerDays)} account days`,
                owned.counted ?? undefined,
              ),
            }
          : null,
      hands: {
        answer: customerWords.handsInWords(met, handled),
        columns: customerWords.handsColumns,
        rows: met.known > 0 ? customerWords.handsRows(met) : [],
        supportKnown: met.known > 0,
      },
      influences: found
        ? {
            answer: influenceWords.clarityInWords(
              found,
              asking.period === 'all' || asking.period === null ? dealsAsked : 0,
            ),
            stage: influenceWords.stageInWords(found, settings.stage),
            stages: [
              ...(found.stages.length > 0 ? [stage(null, 'the stage as configured')] : []),
              ...[1, 2, 3, 4].map((at) => stage(at, `stage ${at}, ${stageNames[at]}`)),
            ],
            basis: count(found.recorded, 'deal'),
            columns: influenceWords.clarityColumns,
            rows: found.noStage ? [] : influenceWords.clarityRows(found, settings.stage),
            note: ignoredWords(found.ignored),
            explain: about('ownership_clarity', 'influence_span', count(found.recorded, 'deal')),
            patternsAnswer: influenceWords.patternsInWords(patterns),
            patterns: patterns.map((pattern) => ({
              id: pattern.id,
              title: influenceWords.patternTitle(pattern.id),
              answer: influenceWords.patternInWords(pattern, settings.late),
              columns: influenceWords.patternColumns(pattern.id),
              rows: influenceWords.patternRows(pattern),
              door: influenceWords.patternDeals(pattern),
            })),
          }
        : null,
      handling: renewed
        ? {
            answer: handlingWords.mixInWords(handled),
            drawing: drawing('handlingMix', handlingWords.mixBars(handled, by)),
            columns: handlingWords.mixColumns(by),
            rows: handlingWords.mixRows(handled, by, currency, settings.bands),
            by: (['deals', 'dollars'] as const).map((each) => ({
              label: each === 'deals' ? 'number of deals' : 'dollars',
              href: link('show', each === 'deals' ? null : each),
              current: each === by,
            })),
            note: [handlingWords.mixNote(handled), ignoredWords(handled.ignored)].filter(Boolean).join(' '),
            survey: `${survey2019.limits} Source: ${survey2019.source}.`,
            roles: {
              answer: handlingWords.rolesInWords(handled),
              columns: handlingWords.roleColumns,
              rows: handlingWords.roleRows(handled),
              basis: count(
                handled.renewalRoles.reduce((sum, role) => sum + role.deals, 0),
                'renewal deal',
              ),
              deals: dealsHref(asFarAs(asking, 'handling').asking, {
                deal_type: 'renewal',
                is_closed: 'true',
              }),
            },
            explain: about(
              'seller_not_involved',
              'handling',
              `${count(handled.mixes.filter(({ band }) => band === null).reduce((sum, mix) => sum + mix.deals, 0))} renewals and expansions`,
            ),
          }
        : null,
      models: renewed
        ? {
            answer: modelWords.modelsInWords(fit, settings.cycle, settings.newSales),
            dots: modelWords.modelDots(fit, settings.cycle),
            drawing: halfWide(drawing('modelFinder', modelWords.modelDots(fit, settings.cycle))),
            columns: modelWords.modelColumns,
            rows: modelWords.modelRows(fit),
            note: modelWords.modelNote(fit, settings.features),
            changing: { columns: modelWords.changingColumns, rows: modelWords.changingRows(fit.list) },
            features: (['same', 'new'] as const).map((as) => ({
              label:
                as === 'same' ? 'growth by features as more of the same' : 'growth by features as new sales',
              href: link('features', as === 'same' ? null : as),
              current: settings.features === as,
            })),
          }
        : null,
    };
  });
