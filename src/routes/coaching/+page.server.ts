import type { Scope } from '$lib/access/scope.ts';
import { downloadDoors, readAsking, requestOf, type Asking } from '$lib/asking/asking.ts';
import { drawing } from '$lib/charts/render.ts';
import { count, month } from '$lib/design/formats.ts';
import { standardPeriodOf } from '$lib/design/pages.ts';
import { readSort, sorted } from '$lib/design/table.ts';
import { BadRequest } from '$lib/metrics/badRequest.ts';
import { cadence } from '$lib/questions/coaching/cadence.ts';
import { effects, readAnticipation, readOutcome } from '$lib/questions/coaching/effects.ts';
import { focus } from '$lib/questions/coaching/focus.ts';
import { loops } from '$lib/questions/coaching/loops.ts';
import { aboutReps, filtersLeftOut } from '$lib/questions/coaching/repsAsked.ts';
import { trainAndCoast } from '$lib/questions/coaching/training.ts';
import { explanationOf } from '$lib/records/explanation.ts';
import { pageHref } from '$lib/records/links.ts';
import { orRefuse } from '$lib/records/orRefuse.ts';
import { comparisonsTable, outcomesTable, ruledOut } from '$lib/statements/coaching/comparisons.ts';
import { coachingHeadline, coachingStandfirst, effectInWords } from '$lib/statements/coaching/effectWords.ts';
import { effectNotes } from '$lib/statements/coaching/methodNotes.ts';
import * as sections from '$lib/statements/coaching/sections.ts';
import { currentWarehouse } from '$lib/warehouse/current.ts';
import { later } from '$lib/warehouse/firstAnswer.ts';
import type { Warehouse } from '$lib/warehouse/warehouse.ts';
import type { PageServerLoad } from './$types';
import * as tables from './tables.ts';

export const load: PageServerLoad = ({ url, locals }) =>
  orRefuse(async () => {
    const warehouse = await currentWarehouse();
    const asking = await readAsking(url.searchParams, warehouse, standardPeriodOf(url.pathname));
    const split = (url.searchParams.get('by') ?? 'manager') as tables.CadenceSplit;
    if (!tables.cadenceSplits.includes(split))
      throw new BadRequest('by', `"${split}" is no way to split coaching.`, tables.cadenceSplits);
    readAnticipation(url.searchParams);
    readOutcome(url.searchParams);
    return { found: await later(locals, () => foundIn(warehouse, asking, split, url, locals.scope)) };
  });

async function foundIn(
  warehouse: Warehouse,
  asking: Asking,
  split: tables.CadenceSplit,
  url: URL,
  scope: Scope,
) {
  const [effect, steady, trained, about, travelled] = await Promise.all([
    effects(warehouse, asking, scope),
    cadence(warehouse, asking, scope),
    trainAndCoast(warehouse, asking, scope),
    focus(warehouse, asking, scope),
    loops(warehouse, asking, scope),
  ]);
  const { chosen, anticipation } = effect;
  const { main } = chosen;
  const sessions = about.all.sessions;
  const link = (parameter: string, value: string, label: string, current: boolean) => ({
    ...{ label, current },
    href: pageHref(url, parameter, value),
  });
  const alone = aboutReps(asking);
  const explain = (id: string, n: number) =>
    explanationOf(warehouse, id, requestOf(alone, { measures: [id] }), scope, { n, coverage: null });
  const columns = split === 'rep' ? tables.repColumns : tables.managerColumns;
  const standardSort = { column: 'share', descending: false };
  const sort = readSort(url.searchParams.get('sort'), columns) ?? standardSort;
  const rows =
    split === 'rep' ? tables.repRows(steady, url.searchParams) : tables.managerRows(steady, url.searchParams);
  const stage = sections.stageOf(steady, travelled);
  return {
    headline: coachingHeadline(effect.outcomes, sessions),
    standfirst: sessions === 0 ? undefined : coachingStandfirst(effect, sections.doseInWords(effect.dose)),
    sessions,
    trainings: trained.trainings.length,
    leftOut: filtersLeftOut(asking),
    effect: {
      answer: effectInWords(chosen),
      why: chosen.why,
      basis: main ? `${count(main.treated, 'coached rep')} · ${count(main.clusters, 'manager')}` : undefined,
      outcomes: effect.outcomes.map(({ outcome }) =>
        link('outcome', outcome.id, outcome.label, outcome === chosen.outcome),
      ),
      windows: [0, 1, 2, 3].map((quarters) =>
        link('anticipation', String(quarters), count(quarters, 'quarter'), quarters === anticipation),
      ),
      drawing: main && drawing('eventStudy', main.events),
      table: outcomesTable(effect),
      deals: tables.closedDeals(asking),
      explain: {
        id: chosen.outcome.id,
        title: `Effect of coaching on the ${chosen.outcome.label}`,
        definition:
          'What coached reps’ quarters came to since coaching began, less what they would have come to: each rep’s own level before, and what the quarter did to everyone not coached.',
        n: main ? `${count(main.treatedOutcomes, 'quarter')} of coached reps` : undefined,
        source: 'Borusyak, Jaravel & Spiess 2024; Callaway & Sant’Anna 2021; Ding & Li 2019',
        notes: effectNotes(effect),
      },
    },
    others: { table: comparisonsTable(effect), paragraphs: ruledOut(effect) },
    dose: sections.doseInWords(effect.dose),
    cadence: {
      answer: sections.cadenceInWords(steady, stage),
      basis: count(steady.reps.length, 'rep'),
      drawing: drawing(
        'coachedMonths',
        steady.months.map(({ starts_on, share, reps }) => ({ month: month(starts_on), share, reps })),
      ),
      any: steady.months.length > 0,
      by: tables.cadenceSplits.map((each) => link('by', each, each, each === split)),
      split,
      columns,
      rows: sorted(rows, sort),
      ...{ sort, standardSort },
      explain: explain('coached_reps', sessions),
      downloads: downloadDoors(alone, {
        measures: ['coached_reps', 'sessions', 'reps'],
        by:
          split === 'rep'
            ? ['rep_id', 'rep_name', 'fiscal_month']
            : ['manager_id', 'manager_name', 'fiscal_month'],
      }),
    },
    training: {
      answer: sections.trainingInWords(trained),
      basis: count(trained.attended, 'attendance'),
      columns: tables.trainingColumns,
      rows: tables.trainingRows(trained),
      drawing: drawing('afterTraining', sections.pathShown(trained)),
      path: sections.pathInWords(trained),
      explain: explain('trainings', trained.attended),
      downloads: downloadDoors(alone, {
        measures: ['trainings', 'sessions'],
        by: ['rep_id', 'fiscal_month'],
      }),
    },
    focus: {
      answer: sections.focusInWords(about),
      basis: count(sessions, 'session'),
      columns: tables.focusColumns,
      ...tables.focusRows(about, url.searchParams),
      explain: explain('one_deal_share', sessions),
      downloads: downloadDoors(alone, {
        measures: ['behaviour_share', 'results_share', 'one_deal_share', 'sessions'],
        by: ['manager_id', 'manager_name'],
      }),
    },
    loops: travelled && {
      answer: sections.loopsInWords(travelled),
      any: travelled.loops.length > 0,
      kinds: { columns: tables.loopKindColumns, rows: tables.loopKindRows(travelled) },
      list: { columns: tables.loopColumns, rows: tables.loopRows(travelled) },
    },
  };
}
