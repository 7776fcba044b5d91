import { redirect } from '@sveltejs/kit';
import { alone, askedSearch, dealsHref, readAsking, requestOf, type Asking } from '$lib/asking/asking.ts';
import { periodWords } from '$lib/asking/periodWords.ts';
import { drawing } from '$lib/charts/render.ts';
import { period as periodName } from '$lib/design/formats.ts';
import { change } from '$lib/questions/change.ts';
import { differences } from '$lib/questions/differences.ts';
import { journeyOf } from '$lib/questions/maturity/levels.ts';
import { maturityModel } from '$lib/questions/maturity/model.ts';
import { maturityQuarters, placeOf, quarterOf } from '$lib/questions/maturity/place.ts';
import { week } from '$lib/questions/findings/week.ts';
import { notWatched } from '$lib/questions/findings/watched.ts';
import { notLoaded } from '$lib/questions/notLoaded.ts';
import { splits } from '$lib/questions/splits.ts';
import { quartersUpTo, trend } from '$lib/questions/trend.ts';
import { explanationOf } from '$lib/records/explanation.ts';
import { orRefuse } from '$lib/records/orRefuse.ts';
import { basisOf } from '$lib/statements/basis.ts';
import { leftOutInWords, overviewHeadline } from '$lib/statements/discounts.ts';
import { settledTable, weekAnswer, weekBasis, weekTable } from '$lib/statements/findings/tables.ts';
import { keyFigures } from '$lib/statements/keyFigures.ts';
import { whoDiffers } from '$lib/statements/overview.ts';
import { profileHeadline, standingsOf } from '$lib/statements/maturity/profile.ts';
import { spendMoved } from '$lib/statements/spendMoved.ts';
import { totalsOf } from '$lib/statements/totals.ts';
import { currentWarehouse } from '$lib/warehouse/current.ts';
import { NoWarehouse } from '$lib/warehouse/warehouse.ts';
import type { PageServerLoad } from './$types';

/** The list of findings, narrowed as the page is. */
const findingsHref = (asking: Asking) => {
  const search = askedSearch(asking);
  for (const name of ['period', 'compare']) search.delete(name);
  return `/findings${search.size > 0 ? `?${search}` : ''}`;
};

export const load: PageServerLoad = async ({ url, locals }) => {
  const warehouse = await currentWarehouse().catch((error: unknown) => {
    if (error instanceof NoWarehouse) return null;
    throw error;
  });
  if (!warehouse) redirect(307, '/exports');
  return orRefuse(async () => {
    const { currency } = warehouse.build;
    const asking = await readAsking(url.searchParams, warehouse);
    const { place } = placeOf(asking);
    const [totals, figures, course, found, moved, findings, unwatched, missing, model, quarters, journey] =
      await Promise.all([
        totalsOf(warehouse, asking, locals.scope),
        keyFigures(warehouse, asking, locals.scope),
        trend(warehouse, asking, locals.scope),
        differences(warehouse, asking, locals.scope),
        change(warehouse, asking, splits[0]!, locals.scope),
        week(warehouse, asking, locals.scope),
        notWatched(warehouse),
        notLoaded(warehouse),
        maturityModel(warehouse),
        maturityQuarters(warehouse, locals.scope),
        journeyOf(warehouse, place, locals.scope),
      ]);
    const quarter = quarterOf(asking, quarters);
    const standings = standingsOf(
      model,
      journey.filter(({ fiscal_quarter }) => fiscal_quarter === quarter),
    );
    const periods = periodWords(asking);
    const deals = dealsHref(asking);
    const basis = { n: totals.deals, coverage: totals.coverage };
    return {
      currency,
      headline: overviewHeadline(totals, periods, currency),
      standfirst: [moved && spendMoved(moved.dollars, currency, moved.split.several), leftOutInWords(totals)]
        .filter(Boolean)
        .join(' '),
      figures: figures.map((figure) => ({
        ...figure,
        spark:
          figure.course &&
          drawing(
            'sparkline',
            quartersUpTo(course.quarters, asking.span).map((quarter) => ({
              period: quarter.period,
              value: figure.course!(quarter),
            })),
          ),
        course: null,
      })),
      maturity: {
        standings,
        levels: model.levels,
        answer: profileHeadline(standings, place),
        basis: quarter === null ? undefined : periodName(quarter),
        href: `/maturity?${askedSearch(asking)}`,
      },
      week: {
        ...weekTable(findings, currency),
        answer: weekAnswer(findings, currency),
        settled: settledTable(findings, currency),
        unwatched,
        basis:
          weekBasis(findings) +
          (findings.ignored.length > 0 ? ` · not narrowed by ${findings.ignored.join(', ')}` : ''),
        doors: [{ label: 'all findings', href: findingsHref(asking) }],
      },
      differ: {
        ...whoDiffers(found),
        basis: basisOf(basis),
        deals,
        explain: explanationOf(
          warehouse,
          'discount_rate',
          requestOf(alone(asking), { measures: ['discount_rate', 'discount_rate_error'], by: ['region'] }),
          locals.scope,
          basis,
        ),
      },
      missing: { ...missing, doors: missing.others > 0 ? `and ${missing.others} others` : 'what is loaded' },
    };
  });
};
