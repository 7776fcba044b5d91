import { alone, downloadDoors, readAsking, requestOf } from '$lib/asking/asking.ts';
import { periodWords } from '$lib/asking/periodWords.ts';
import { drawing } from '$lib/charts/render.ts';
import { count } from '$lib/design/formats.ts';
import { standardPeriodOf } from '$lib/design/pages.ts';
import { causes, wordsOf } from '$lib/questions/leakage/causes.ts';
import { chain } from '$lib/questions/leakage/chain.ts';
import { leakCourse } from '$lib/questions/leakage/course.ts';
import {
  differenceList,
  largestOfEach,
  notKnownOfBills,
  PAGE_SIZE,
  readCause,
  readListOrder,
} from '$lib/questions/leakage/list.ts';
import { missingOfLeakage } from '$lib/questions/leakage/loaded.ts';
import { withoutRate } from '$lib/questions/leakage/withoutRate.ts';
import { tieOut, tieOutMeasures } from '$lib/questions/leakage/tieOut.ts';
import { leakBy, leakSplitOf, leakSplits } from '$lib/questions/leakage/where.ts';
import { readPage } from '$lib/records/dealList.ts';
import { explanationOf } from '$lib/records/explanation.ts';
import { orRefuse } from '$lib/records/orRefuse.ts';
import * as say from '$lib/statements/leakage.ts';
import * as chainWords from '$lib/statements/leakageChain.ts';
import * as tables from '$lib/statements/leakageTables.ts';
import { currentWarehouse } from '$lib/warehouse/current.ts';
import { causeSections } from './causeSections.ts';
import { narrowed, shownHref } from './links.ts';
import type { PageServerLoad } from './$types';

/** Rows that a cause's own section shows before it leads to the list. */
const EXAMPLES = 3;

export const load: PageServerLoad = ({ url, locals: { scope } }) =>
  orRefuse(async () => {
    const warehouse = await currentWarehouse();
    const { currency } = warehouse.build;
    const search = url.searchParams;
    const asking = await readAsking(search, warehouse, standardPeriodOf(url.pathname));
    const split = leakSplitOf(search);
    const cause = readCause(search.get('show'));
    const order = readListOrder(search.get('sort'));
    const page = readPage(search.get('page'));
    const asked = { now: periodWords(asking).now, filtered: asking.filters.length > 0 };
    const unknown = notKnownOfBills(asking);
    const ofMatch = async <Result>(work: () => Promise<Result>) => (unknown === null ? work() : null);
    const [steps, found, groups, course, list, examples, missing, unrated] = await Promise.all([
      chain(warehouse, asking, scope),
      ofMatch(() => tieOut(warehouse, asking, scope)),
      ofMatch(() => leakBy(warehouse, asking, split, scope)),
      ofMatch(() => leakCourse(warehouse, asking, scope)),
      ofMatch(() => differenceList(warehouse, asking, { cause, order, page }, scope)),
      ofMatch(() => largestOfEach(warehouse, asking, EXAMPLES, scope)),
      missingOfLeakage(warehouse),
      withoutRate(warehouse, asking, scope),
    ]);
    const amountOf = (id: string) => steps.steps.find((step) => step.id === id)?.amount ?? null;
    const asksForAll =
      asking.span === null &&
      asking.filters.length === 0 &&
      asking.rates === 'plan' &&
      scope.kind === 'everything';
    const nothingWhy = missing.bills ? 'no bill is loaded' : missing.deals ? 'no deal is loaded' : null;
    const about = (id: string, n: number, one: string, more: object = {}) =>
      explanationOf(warehouse, id, requestOf(alone(asking), { measures: [id], ...more }), scope, {
        ...{ n, coverage: null, one },
      });
    const files = (measures: string[], by: string[]) => downloadDoors(alone(asking), { measures, by });
    return {
      currency,
      missing,
      lacking: [missing.lines, missing.contracts, unrated].flatMap((told) => told ?? []),
      headline: say.leakageHeadline(found, asked, currency, nothingWhy),
      standfirst: say.leakageStandfirst(found, currency),
      notAsked: unknown === null ? null : `Bills don’t know “${unknown}”: leave out that filter.`,
      tieOut: found && {
        ...tables.tieOutRows(found, (id) => shownHref(search, id)),
        columns: tables.tieOutColumns,
        answer: say.tieOutInWords(found, currency),
        note: [
          say.tiesInWords(
            found,
            asksForAll ? { sold: amountOf('booked'), billed: amountOf('billed') } : null,
            unrated === null,
          ),
          say.confidenceInWords(found.confidence),
          'Each difference has one cause.',
        ].join(' '),
        basis: `${count(found.n, 'line')} due`,
        drawing: drawing('tieOut', tables.tieOutParts(found), currency),
        explain: about('under_billed', found.n, 'line'),
        downloads: files(tieOutMeasures, ['cause']),
      },
      causes: found && examples ? causeSections(found, examples, missing, search, currency, about) : [],
      where: found &&
        groups && {
          label: split.one,
          columns: tables.whereColumns(split.label[0]!.toUpperCase() + split.label.slice(1)),
          rows: [
            ...groups.groups.map((one) =>
              tables.whereRow(one, groups.total.less, narrowed(search, split.id, one.id)),
            ),
            ...(groups.rest ? [tables.whereRow(groups.rest, groups.total.less)] : []),
          ],
          total: tables.whereRow(groups.total, groups.total.less),
          answer: say.whereInWords(groups, groups.total, split.several, currency),
          doors: leakSplits.map(({ id, label }) => ({
            label,
            href: narrowed(search, 'by', id),
            current: id === split.id,
          })),
          explain: about('under_billed', groups.total.lines, 'line', { by: [split.id] }),
          downloads: files(['sold_due', 'matched_amount', 'under_billed', 'over_billed'], [split.id]),
        },
      course: course !== null &&
        course.quarters.length > 1 && {
          answer: tables.courseInWords(course.quarters),
          drawing: drawing('spendTrend', tables.courseRows(course.quarters), currency),
          explain: about(
            'under_billed',
            course.quarters.reduce((sum, { lines }) => sum + lines, 0),
            'line',
          ),
          downloads: downloadDoors(
            { ...alone(asking), period: null },
            { measures: ['sold_due', 'under_billed'], by: ['fiscal_quarter'] },
          ),
        },
      chain: {
        rows: chainWords.chainRows(steps.steps),
        columns: chainWords.chainColumns,
        answer: chainWords.chainInWords(steps.steps, currency),
        note: chainWords.chainNote(steps.withTax),
        explain: steps.isOfBills
          ? about('cash', steps.steps.find(({ id }) => id === 'billed')!.n, 'bill')
          : undefined,
      },
      list: list && {
        ...{ cause, order, page: list.page, pages: list.pages, size: PAGE_SIZE, count: list.count },
        rows: tables.listRows(list.rows, currency),
        answer: say.listInWords(list, cause, currency),
        causes: [null, ...causes.filter((one) => found?.causes.some((sum) => sum.cause === one))].map(
          (one) => ({
            label: one === null ? 'all causes' : wordsOf(one).label.toLowerCase(),
            href: shownHref(search, one),
            current: one === cause,
          }),
        ),
        downloads: [
          ['csv', 'CSV'],
          ['xlsx', 'Excel'],
        ].map(([format, label]) => ({
          label: `${label}, all ${count(list.count, 'row')}`,
          href: `/leakage/file?${new URLSearchParams([...search].filter(([name]) => name !== 'page').concat([['format', format!]]))}`,
        })),
      },
    };
  });
