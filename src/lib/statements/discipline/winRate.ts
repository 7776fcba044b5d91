import { count, points, pointsInterval, rate } from '../../design/formats.ts';
import type { Column, Row } from '../../design/table.ts';
import { STEP, type WinRate, type WinRateGroup } from '../../questions/discipline/winRate.ts';
import { MINIMUM_DEALS } from '../../statistics/standOut.ts';
import type { Looked, Said } from './section.ts';

const idOf = ({ id }: WinRateGroup) => `win_rate/${id}`;

/** The comparisons of the section: all closed deals, each segment and each size. */
export const winRateLooked = ({ all, groups }: WinRate): Looked[] =>
  [all, ...groups].filter(({ change }) => change !== null).map((group) => ({ id: idOf(group), p: group.p }));

const plain = (value: number) => points(Math.abs(value)).replace('+', '').replace('pts', 'points');

function changeInWords({ all }: WinRate, stands: (id: string) => boolean): string {
  const { change } = all;
  if (!change) return `Too few deals were won and lost at a known list price to compare.`;
  const interval = `95% interval ${pointsInterval(change.low!, change.high!)}`;
  if (stands(idOf(all)) && change.verdict === 'effect')
    return `Among deals alike in segment, type and size, ${STEP} points more discount go with ${plain(change.estimate)} ${change.estimate > 0 ? 'more' : 'fewer'} wins in a hundred (${interval}).`.replace(
      /([\d.,]+)\s*points (more|fewer) wins in a hundred/,
      '$1 $2 wins in a hundred',
    );
  if (change.verdict === 'no effect larger than')
    return `Among deals alike in segment, type and size, ${STEP} points more discount go with no change of the win rate larger than ${plain(change.largerThan!)}.`;
  return `Whether more discount goes with more wins among deals alike can’t be told (${interval} points for ${STEP} points of discount).`;
}

/** How wins go with discount, and what would have to be won for a deeper one to pay. */
export function winRateInWords(found: WinRate, stands: (id: string) => boolean): string {
  const { breakEven, margin, change } = found.all;
  const pays =
    margin === null || change === null
      ? ''
      : breakEven === null
        ? ` ${STEP} points more would leave no margin at all.`
        : ` To pay, ${STEP} points more would have to win ${rate(breakEven, 0)} more deals.`;
  return `${changeInWords(found, stands)}${pays}`;
}

/** What stands beside the picture. */
export function winRateNote({ quoted, all, kind }: WinRate): string {
  const priced =
    quoted > 0
      ? `The price is that of the last quote for ${count(quoted)} of ${count(all.deals, 'deal')}, of their lines for the rest.`
      : 'No quotes are loaded: the price is that of the deals’ lines as they stood at the close.';
  const decided =
    kind === 'of no kind' ? ' Which discounts someone decided is not recorded: all are counted.' : '';
  const margins = all.margin === null ? ' Cost is not known, so the break-even is absent.' : '';
  return `Association, not effect: hard deals get discounts. ${priced}${margins}${decided}`;
}

export function winRateSaid(found: WinRate, stands: (id: string) => boolean): Said[] {
  const { all } = found;
  if (!all.change || all.change.verdict !== 'effect' || !stands(idOf(all))) return [];
  const less = all.change.estimate < 0;
  return [
    {
      headline: less ? 'Deeper discounts do not go with more wins' : 'Deeper discounts go with more wins',
      sentence: changeInWords(found, stands),
      section: 'win-rate',
      dollars: null,
    },
  ];
}

export const winRateColumns: Column[] = [
  { id: 'name', label: 'Deals', sortable: false },
  { id: 'deals', label: 'Closed', unit: 'count', sortable: false, phone: 'hide' },
  { id: 'rate', label: 'Win rate', unit: 'rate', sortable: false, phone: 'line' },
  {
    ...{ id: 'change', label: `Change for ${STEP} points more`, unit: 'points' as const, signed: true },
    ...{ sortable: false, phone: 'figure' as const },
  },
  { id: 'interval', label: '95%', sortable: false, phone: 'line' },
  { id: 'said', label: 'Verdict', sortable: false, phone: 'line' },
  { id: 'margin', label: 'Margin', unit: 'rate', sortable: false, phone: 'hide' },
  { id: 'breakEven', label: 'Break-even lift', unit: 'rate', sortable: false, phone: 'line' },
  { id: 'lift', label: 'Lift seen', unit: 'rate', sortable: false, phone: 'line' },
];

function saidOf({ change }: WinRateGroup, stated: boolean): string {
  if (!change) return 'too few deals';
  if (change.verdict === 'effect') return stated ? 'stands' : 'may be chance';
  return change.verdict === 'cannot tell' ? 'cannot tell' : `none beyond ${plain(change.largerThan!)}`;
}

/** All, each segment and each size; `name` says a size in money. */
export function winRateRows(
  found: WinRate,
  stands: (id: string) => boolean,
  name: (group: WinRateGroup) => string,
): Row[] {
  return [found.all, ...found.groups]
    .filter(({ deals }) => deals >= MINIMUM_DEALS)
    .map((group) => {
      const { change, deals, won, margin, breakEven } = group;
      return {
        key: group.id,
        faint: !change,
        cells: {
          ...{ name: name(group), deals, margin, breakEven },
          rate: won / deals,
          change: change?.estimate ?? null,
          interval: change ? pointsInterval(change.low!, change.high!) : null,
          said: saidOf(group, stands(idOf(group))),
          lift: change && won > 0 ? (change.estimate * deals) / won : null,
        },
      };
    });
}

export const winRateMethod = [
  'Closed deals with a discretionary discount at a known list price, by the last price offered: the last quote by the close, else the deal’s lines.',
  'The picture: share won by five points of discount with Wilson’s intervals; the dash is what deals of the same segment, type and size win whatever their discount.',
  'The change: one slope within segment, deal type and size (half a factor of ten), errors robust to unequal variances; judged by the trend within strata of Mantel 1963.',
  'Break-even lift: Δp ÷ (margin − Δp), both as shares of the price of won deals whose cost is known (Nagle & Müller 2018).',
  'Association: what is hard to win is discounted more, and how hard a deal was is not recorded. An effect of discounts would take a trial.',
];
