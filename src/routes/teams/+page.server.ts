import type { Scope } from '$lib/access/scope.ts';
import { alone, dealsHref, downloadDoors, readAsking, requestOf, type Asking } from '$lib/asking/asking.ts';
import { periodWords } from '$lib/asking/periodWords.ts';
import { drawing } from '$lib/charts/render.ts';
import { standardPeriodOf } from '$lib/design/pages.ts';
import { answer } from '$lib/metrics/answer.ts';
import { funnelRows, isGood } from '$lib/questions/teams/funnelRows.ts';
import { methodNotes } from '$lib/questions/teams/methodNotes.ts';
import { teamBenchmarks, type MeasureBenchmark } from '$lib/questions/teams/teamBenchmarks.ts';
import { teamChoice, unitKinds, type TeamChoice, type UnitKind } from '$lib/questions/teams/unitKinds.ts';
import { explanationOf } from '$lib/records/explanation.ts';
import { pageHref } from '$lib/records/links.ts';
import { orRefuse } from '$lib/records/orRefuse.ts';
import { personHref } from '$lib/records/teamLinks.ts';
import { basisOf } from '$lib/statements/basis.ts';
import { measureInWords, teamsHeadline, teamsStandfirst, unitInWords } from '$lib/statements/teams.ts';
import { currentWarehouse } from '$lib/warehouse/current.ts';
import { later } from '$lib/warehouse/firstAnswer.ts';
import type { Warehouse } from '$lib/warehouse/warehouse.ts';
import type { PageServerLoad } from './$types';
import { dealsBehind } from './dealsBehind.ts';
import { columnsFor, rowsFor } from './tables.ts';

export const load: PageServerLoad = ({ url, locals }) =>
  orRefuse(async () => {
    const warehouse = await currentWarehouse();
    const asking = await readAsking(url.searchParams, warehouse, standardPeriodOf(url.pathname));
    const choice = teamChoice(url.searchParams);
    return { found: await later(locals, () => compared(warehouse, asking, choice, url, locals.scope)) };
  });

async function compared(warehouse: Warehouse, asking: Asking, choice: TeamChoice, url: URL, scope: Scope) {
  const { kind } = choice;
  // Reps held against their own region hide what a region does as a whole: it is said beside them.
  const withinRegion = kind.id === 'rep' && choice.against === 'region';
  const byRegion = unitKinds.find(({ id }) => id === 'region')!;
  const [found, { coverage }, regions] = await Promise.all([
    teamBenchmarks(warehouse, asking, choice, scope),
    answer(warehouse, requestOf(alone(asking), { measures: ['list_coverage'] }), scope),
    withinRegion ? teamBenchmarks(warehouse, asking, { ...choice, kind: byRegion }, scope) : [],
  ]);
  const link = (parameter: string, value: string, label: string, current: boolean) => ({
    label,
    current,
    href: pageHref(url, parameter, value),
  });
  const section = (one: MeasureBenchmark) => {
    const { measure } = one;
    return {
      id: measure.id,
      label: measure.label,
      any: one.units.some(({ compared }) => compared),
      missing: missingOf(one, kind),
      answer: measureInWords(one, choice),
      basis: basisOf({ n: one.deals, coverage: measure.id === 'discount' ? coverage : null }),
      drawing: drawing(
        'funnel',
        funnelRows(one, (unit) => unitInWords(one, unit)),
      ),
      explain: {
        ...explanationOf(
          warehouse,
          measure.metric,
          // Where nobody is compared, what is asked for may be no part of the measure at all.
          requestOf(alone(asking), {
            measures: [measure.metric],
            by: [kind.key],
            ...(one.known ? {} : { filters: [] }),
          }),
          scope,
          { n: one.deals, coverage: measure.id === 'discount' ? coverage : null },
        ),
        notes: methodNotes(one, choice),
      },
      deals: dealsBehind(measure.id, asking, choice, url),
      downloads: downloadDoors(alone(asking), {
        measures: [
          measure.metric,
          ...(measure.id === 'bias' ? ['forecast_commit', 'forecast_actual'] : ['deals']),
        ],
        by: kind.key === kind.name ? [kind.key] : [kind.key, kind.name],
      }),
    };
  };
  return {
    kind,
    choice,
    headline: teamsHeadline(found, choice),
    standfirst: teamsStandfirst(found, choice, periodWords(asking).now, regions),
    regions: withinRegion ? pageHref(url, 'unit', 'region') : undefined,
    sections: found.map(section),
    units: unitKinds.map(({ id, several }) => link('unit', id, several, id === kind.id)),
    against: [
      link('against', 'region', 'their own region', choice.against === 'region'),
      link('against', 'company', 'the whole company', choice.against === 'company'),
    ],
    discounts: [
      link('discounts', 'discretionary', 'at discretion', choice.discounts === 'discretionary'),
      link('discounts', 'all', 'all', choice.discounts === 'all'),
    ],
    columns: columnsFor(kind, found),
    rows: rowsFor(
      found,
      (id) =>
        kind.id === 'region' ? dealsHref(asking, { region: id }) : personHref(kind.id, id, url.searchParams),
      (one, unit) => !isGood(one, unit),
    ),
  };
}

function missingOf({ measure, units }: MeasureBenchmark, { one }: UnitKind) {
  if (measure.id === 'bias' && units.length === 0)
    return {
      what: 'No forecast of a quarter that is over is known for what is asked.',
      unlocks: 'The history of deals, week by week, or submitted forecasts would show whose lean.',
      how: { label: 'what is loaded', href: '/data#missing' },
    };
  return {
    what: `No ${one} has enough deals in this period.`,
    unlocks: 'A longer period, or larger units, can be compared.',
    how: { label: 'all there is', href: '?period=all' },
  };
}
