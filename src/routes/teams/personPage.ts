import { error } from '@sveltejs/kit';
import type { Scope } from '$lib/access/scope.ts';
import { dealsHref, downloadDoors, readAsking } from '$lib/asking/asking.ts';
import { periodWords } from '$lib/asking/periodWords.ts';
import { drawing } from '$lib/charts/render.ts';
import { count } from '$lib/design/formats.ts';
import { standardPeriodOf } from '$lib/design/pages.ts';
import { personPositions } from '$lib/questions/teams/funnelRows.ts';
import { personOf } from '$lib/questions/teams/person.ts';
import { narrowedTo, personFigures, type PersonKind } from '$lib/questions/teams/personFigures.ts';
import { teamBenchmarks } from '$lib/questions/teams/teamBenchmarks.ts';
import { teamChoice } from '$lib/questions/teams/unitKinds.ts';
import { trend } from '$lib/questions/trend.ts';
import { dealList } from '$lib/records/dealList.ts';
import { basisOf } from '$lib/statements/basis.ts';
import { trendInWords } from '$lib/statements/discountSections.ts';
import { findingOf, personHeadline } from '$lib/statements/teamPerson.ts';
import { unitInWords } from '$lib/statements/teams.ts';
import { currentWarehouse } from '$lib/warehouse/current.ts';
import { columns as dealColumns, rowOf } from '../deals/columns.ts';
import { figuresOf, quarterRows, teamRows } from './personTables.ts';

/** All that a rep's or a manager's own page shows. */
export async function personPage(url: URL, kind: PersonKind, id: string, scope: Scope) {
  const warehouse = await currentWarehouse();
  const { currency } = warehouse.build;
  const person = await personOf(warehouse, id, scope);
  if (!person)
    error(404, { message: `No ${kind} has this id.`, remedy: 'Search for the name, or look in the teams.' });
  const asking = await readAsking(url.searchParams, warehouse, standardPeriodOf(url.pathname));
  const search = new URLSearchParams(url.searchParams);
  search.set('unit', kind);
  const choice = teamChoice(search);
  const own = narrowedTo(asking, kind, id);
  const [found, figures, course, deals] = await Promise.all([
    teamBenchmarks(warehouse, asking, choice, scope),
    personFigures(warehouse, asking, kind, id, scope),
    trend(warehouse, own, scope),
    dealList(warehouse, own, { column: 'closed_on', descending: true }, 1, scope),
  ]);
  const filter = { [kind === 'rep' ? 'rep_id' : 'reports_to']: id };
  const units = found.flatMap((one) =>
    one.units.filter(({ unit }) => unit === id).map((unit) => ({ one, unit })),
  );
  return {
    kind,
    person,
    currency,
    headline: personHeadline(person.name, found, id, choice),
    period: periodWords(asking).now,
    figures: figuresOf(figures, currency),
    findings: units.map(({ one, unit }) => ({
      label: one.measure.label,
      text: findingOf(one, unit, choice),
      href: `/teams?${new URLSearchParams([...search])}#${one.measure.id}`,
    })),
    positions: drawing('positions', personPositions(units, unitInWords)),
    anyPosition: units.some(({ unit }) => unit.compared),
    quarters: quarterRows(figures, (period) => dealsHref(asking, { ...filter, period })),
    trend: {
      any: course.quarters.filter(({ discount }) => discount !== null).length > 1,
      answer: trendInWords(course.quarters),
      drawing: drawing('spendTrend', course.quarters, currency),
    },
    team: kind === 'manager' ? teamRows(figures, id, url.searchParams) : null,
    deals: {
      columns: dealColumns.filter((column) => kind === 'manager' || column.id !== 'rep_name'),
      rows: deals.deals.map(rowOf),
      basis:
        deals.count > deals.deals.length
          ? `the latest ${count(deals.deals.length)} of ${count(deals.count, 'won deal')}`
          : count(deals.count, 'won deal'),
      href: dealsHref(asking, filter),
    },
    basis: basisOf(figures.answered),
    downloads: downloadDoors(own, {
      measures: ['net_amount', 'deals', 'average_deal', 'discount_rate', 'win_rate'],
      by: ['fiscal_quarter'],
    }),
  };
}
