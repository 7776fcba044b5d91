import { count, decimal, period, pointsInterval, rate } from '$lib/design/formats.ts';
import type { Column, Row } from '$lib/design/table.ts';
import type { Behind } from '$lib/questions/forecast/behind.ts';
import type { Accuracy } from '$lib/questions/forecast/accuracy.ts';
import type { ForecastBridge } from '$lib/questions/forecast/bridge.ts';
import { leadLabel, type ForecastChoice } from '$lib/questions/forecast/choice.ts';
import type { GroupAccuracy } from '$lib/questions/forecast/groups.ts';
import type { Conversion, LeadSlippage, Pushed, Share } from '$lib/questions/forecast/movement.ts';
import type { Basis, Probabilities } from '$lib/questions/forecast/probability.ts';
import { dealHref } from '$lib/records/links.ts';
import { inWords } from '$lib/records/words.ts';
import { MINIMUM_DEALS } from '$lib/statistics/standOut.ts';
import type { Interval } from '$lib/statistics/bootstrap.ts';

/** Deals listed behind a figure; all of them are in its download. */
export const LISTED = 50;

interface Table {
  columns: Column[];
  rows: Row[];
}

const plain = (column: Column): Column => ({ sortable: false, phone: 'line', ...column });
const between = (interval: Interval | null | undefined, digits = 0) =>
  interval ? `${rate(interval.low, digits)} to ${rate(interval.high, digits)}` : 'interval not known';
const noted = (notes: [string, string | false | null | undefined][]): Record<string, string> =>
  Object.fromEntries(notes.filter((note): note is [string, string] => Boolean(note[1])));

/** Accuracy at each lead time, each with the deals behind it; the chosen one is in ink, the others lead to themselves. */
export function leadTable(
  { leads }: Accuracy,
  choice: ForecastChoice,
  href: (weeks: number) => string,
  deals?: (weeks: number) => string,
): Table {
  return {
    columns: [
      { id: 'lead', label: 'Before the end' },
      { id: 'quarters', label: 'Quarters', unit: 'count' } as Column,
      { id: 'wape', label: 'Missed by', unit: 'rate' } as Column,
      { id: 'bias', label: 'Bias', unit: 'points', signed: true } as Column,
      { id: 'last', label: 'Skill against last quarter', unit: 'rate' } as Column,
      { id: 'year', label: 'Skill against last year', unit: 'rate' } as Column,
    ].map(plain),
    rows: leads
      .filter(({ accuracy }) => accuracy !== null)
      .map(({ weeks, accuracy, bias, skillYearAgo: year }) => ({
        key: String(weeks),
        href: weeks === choice.weeks ? undefined : href(weeks),
        links: deals && { wape: deals(weeks), bias: deals(weeks) },
        cells: {
          lead: leadLabel(weeks),
          quarters: accuracy!.periods,
          wape: accuracy!.wape.value,
          bias: accuracy!.bias.value,
          last: accuracy!.skill.forecasts > 0 ? accuracy!.skill.value : null,
          year: year && year.forecasts > 0 ? year.value : null,
        },
        notes: noted([
          [
            'wape',
            accuracy!.wape.interval ? between(accuracy!.wape.interval) : 'too few quarters for an interval',
          ],
          ['bias', bias?.low != null && bias.high !== null && pointsInterval(bias.low, bias.high)],
          ['last', accuracy!.skill.interval && between(accuracy!.skill.interval)],
          ['year', year?.interval && between(year.interval)],
        ]),
      })),
  };
}

/** Forecast, actual and bias by region, manager or rep, by name. */
export function groupTable(
  groups: readonly GroupAccuracy[],
  { split, kind }: ForecastChoice,
  href: (group: GroupAccuracy) => string | undefined,
): Table {
  const judged = kind.id !== 'submitted';
  return {
    columns: [
      { id: 'name', label: split.label[0]!.toUpperCase() + split.label.slice(1) },
      { id: 'forecast', label: 'Forecast', unit: 'money' } as Column,
      { id: 'actual', label: 'Won', unit: 'money' } as Column,
      { id: 'bias', label: 'Bias', unit: 'points', signed: true, phone: 'figure' } as Column,
      { id: 'wape', label: 'Missed by', unit: 'rate' } as Column,
      { id: 'quarters', label: 'Quarters', unit: 'count' } as Column,
      ...(judged ? [{ id: 'deals', label: 'Deals', unit: 'count' } as Column] : []),
    ].map(plain),
    rows: groups
      .toSorted((a, b) => a.name.localeCompare(b.name, 'en'))
      .map((group) => ({
        key: `${group.id} ${group.name}`,
        href: href(group),
        cells: {
          name: group.name,
          forecast: group.forecast,
          actual: group.actual,
          bias: group.bias,
          wape: group.wape,
          quarters: group.quarters,
          deals: group.deals,
        },
        alarm: group.stands ? ['bias'] : [],
        faint: judged && group.p === null,
        notes: noted([
          ['bias', group.low !== null && group.high !== null && pointsInterval(group.low, group.high)],
          ['bias', judged && group.p === null && 'too few deals to judge'],
        ]),
      })),
  };
}

/** The bars of a bridge, each leading to its deals. */
export function bridgeTable({ bars }: ForecastBridge, href: (bar: string) => string): Table {
  return {
    columns: [
      { id: 'bar', label: 'Bar' },
      { id: 'amount', label: 'Amount', unit: 'cents', signed: true, phone: 'figure' } as Column,
      { id: 'deals', label: 'Deals', unit: 'count' } as Column,
    ].map(plain),
    rows: bars.map(({ id, label, amount, deals }) => ({
      key: id,
      href: href(id),
      cells: { bar: label, amount, deals },
    })),
  };
}

/** The largest deals behind a bar. */
export function barDeals({ deals }: ForecastBridge): Table {
  return {
    columns: [
      { id: 'deal', label: 'Deal' },
      { id: 'account', label: 'Customer' },
      { id: 'rep', label: 'Rep' },
      { id: 'stage', label: 'Stage then' },
      { id: 'amount', label: 'Amount', unit: 'cents', signed: true, phone: 'figure' } as Column,
    ].map(plain),
    rows: deals.map((deal, at) => ({
      key: `${deal.deal_id} ${at}`,
      href: dealHref(deal.deal_id),
      cells: {
        deal: deal.deal_name,
        account: deal.account_name,
        rep: deal.rep_name,
        stage: deal.stage,
        amount: deal.amount,
      },
    })),
  };
}

/** The deals behind a figure, with their sum, which is the figure's own. */
export function behindTable({ kind, rows, ...sums }: Behind): Table & { total: Row } {
  const due = kind === 'due';
  const money = (id: string, label: string, more: Partial<Column> = {}) =>
    ({ id, label, unit: 'cents', ...more }) as Column;
  const cellsOf = ({ forecast, actual }: { forecast: number; actual: number }): Row['cells'] =>
    due ? { forecast } : { forecast, actual, difference: forecast - actual };
  return {
    columns: [
      { id: 'deal', label: 'Deal' },
      { id: 'account', label: 'Customer' },
      { id: 'rep', label: 'Rep' },
      { id: 'quarter', label: 'Quarter' },
      ...(due ? [{ id: 'category', label: 'Category then' }] : []),
      { id: 'became', label: 'Became' },
      money('forecast', due ? 'Amount due' : 'Forecast', due ? { phone: 'figure' } : {}),
      ...(due
        ? []
        : [money('actual', 'Won'), money('difference', 'Difference', { signed: true, phone: 'figure' })]),
    ].map(plain),
    rows: rows.slice(0, LISTED).map((deal, at) => ({
      key: `${deal.deal_id} ${deal.quarter} ${at}`,
      href: dealHref(deal.deal_id),
      cells: {
        deal: deal.deal_name,
        account: deal.account_name,
        rep: deal.rep_name,
        quarter: period(deal.quarter),
        category: deal.category && inWords(deal.category),
        became: deal.became && inWords(deal.became),
        ...cellsOf(deal),
      },
    })),
    total: { key: 'total', cells: { deal: `All ${count(sums.deals, 'deal')}`, ...cellsOf(sums) } },
  };
}

const faint = ({ n }: Share) => n < MINIMUM_DEALS;

/** What slipped at each lead time. */
export const slippageTable = (rows: readonly LeadSlippage[], deals: (weeks: number) => string): Table => ({
  columns: [
    { id: 'lead', label: 'Before the end' },
    { id: 'slipped', label: 'Slipped', unit: 'rate', phone: 'figure' } as Column,
    { id: 'byAmount', label: 'of the amount', unit: 'rate' } as Column,
    { id: 'due', label: 'Deals due', unit: 'count' } as Column,
  ].map(plain),
  rows: rows.map(({ weeks, slipped, byAmount, due }) => ({
    key: String(weeks),
    cells: { lead: leadLabel(weeks), slipped: slipped.value, byAmount, due },
    links: { slipped: deals(weeks), due: deals(weeks) },
    notes: { slipped: between(slipped.interval) },
    faint: faint(slipped),
  })),
});

/** How often deals that were put off so many times won. */
export const pushTable = (rows: readonly Pushed[], href: (pushes: number) => string): Table => ({
  columns: [
    { id: 'pushes', label: 'Times put off' },
    { id: 'won', label: 'Win rate', unit: 'rate', phone: 'figure' } as Column,
    { id: 'deals', label: 'Closed deals', unit: 'count' } as Column,
  ].map(plain),
  rows: rows.map(({ pushes, won, deals }) => ({
    key: String(pushes),
    href: href(pushes),
    cells: {
      pushes: pushes === 0 ? 'never' : pushes === 3 ? '3 or more' : String(pushes),
      won: won.value,
      deals,
    },
    notes: { won: between(won.interval) },
    faint: faint(won),
  })),
});

/** What each category became, at each lead time. */
export const conversionTable = (
  rows: readonly Conversion[],
  deals: (category: string, weeks: number) => string,
): Table => {
  const categories = [...new Set(rows.map(({ category }) => category))];
  const leads = [...new Set(rows.map(({ weeks }) => weeks))].toSorted((a, b) => b - a);
  const words = (category: string) => category[0]!.toUpperCase() + category.slice(1).replace('_', ' ');
  return {
    columns: [
      { id: 'lead', label: 'Before the end' },
      ...categories.flatMap((category) => [
        { id: category, label: words(category), unit: 'rate' } as Column,
        { id: `${category}_amount`, label: 'of the amount', unit: 'rate', phone: 'hide' } as Column,
      ]),
    ].map(plain),
    rows: leads.map((weeks) => {
      const row: Row = { key: String(weeks), cells: { lead: leadLabel(weeks) }, notes: {}, links: {} };
      for (const { category, won, byAmount } of rows.filter((one) => one.weeks === weeks)) {
        row.cells[category] = won.value;
        row.cells[`${category}_amount`] = byAmount;
        row.notes![category] = `${between(won.interval)}, ${won.n} deals`;
        row.links![category] = deals(category, weeks);
      }
      return row;
    }),
  };
};

const three = (value: number | null | undefined) => (value == null ? null : decimal(value, 3));

/** The Brier score and its parts, counted and by dollars. */
export function scoreTable({ byDeal, byAmount, lastPeriod }: Probabilities): Table {
  const of = [
    { key: 'deals', label: 'Counting deals', scores: byDeal, naive: lastPeriod },
    { key: 'amount', label: 'Counting dollars', scores: byAmount, naive: null },
  ];
  return {
    columns: [
      { id: 'weight', label: 'Score' },
      { id: 'brier', label: 'Brier' },
      { id: 'miscalibration', label: 'Miscalibration' },
      { id: 'discrimination', label: 'Discrimination' },
      { id: 'uncertainty', label: 'Uncertainty' },
      { id: 'skill', label: 'Skill', unit: 'rate' } as Column,
    ].map(plain),
    rows: of.flatMap(({ key, label, scores, naive }) =>
      scores
        ? [
            {
              key,
              cells: {
                weight: label,
                brier: three(scores.brier),
                miscalibration: three(scores.miscalibration),
                discrimination: three(scores.discrimination),
                uncertainty: three(scores.uncertainty),
                skill: naive,
              },
              notes: noted([
                [
                  'brier',
                  scores.brierInterval &&
                    `${three(scores.brierInterval.low)} to ${three(scores.brierInterval.high)}`,
                ],
              ]),
            },
          ]
        : [],
    ),
  };
}

/** What a chance to win can be told from, side by side, on the same deals. */
export const basisTable = (bases: readonly Basis[]): Table => ({
  columns: [
    { id: 'basis', label: 'Basis' },
    { id: 'brier', label: 'Brier' },
    { id: 'stage', label: 'Stage probability on the same deals' },
    { id: 'discrimination', label: 'Discrimination' },
    { id: 'deals', label: 'Deals', unit: 'count' } as Column,
    { id: 'note', label: 'How' },
  ].map(plain),
  rows: bases.map(({ id, label, deals, scores, ofStage, note }) => ({
    key: id,
    cells: {
      basis: label,
      brier: three(scores?.brier),
      stage: three(ofStage?.brier),
      discrimination: three(scores?.discrimination),
      deals,
      note,
    },
    faint: scores === null,
    notes: noted([
      [
        'brier',
        scores?.brierInterval && `${three(scores.brierInterval.low)} to ${three(scores.brierInterval.high)}`,
      ],
      [
        'stage',
        ofStage?.brierInterval &&
          `${three(ofStage.brierInterval.low)} to ${three(ofStage.brierInterval.high)}`,
      ],
    ]),
  })),
});
