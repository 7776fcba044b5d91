import { count, days, rate } from '../../design/formats.ts';
import type { Column, Row } from '../../design/table.ts';
import type { ChangingDeal, Models, SegmentModel, Today } from '../../questions/ownership/models.ts';
import { activities } from '../../questions/ownership/survey.ts';
import type { Model } from '../../statistics/nearestModel.ts';
import { activityWords, roleWords } from './words.ts';

export const modelWords: Record<Model, string> = {
  'all sales': 'all with sales',
  split: 'renewals with customer success, new revenue with sales',
  'all customer success': 'all with customer success',
};

const segmentName = (segment: string | null) => segment ?? 'no segment known';

/** Segments that can be drawn, with one end of the days' axis for all. */
export function modelDots({ segments }: Models, cut: number) {
  const known = segments.filter(
    ({ cycle, growth }) => cycle !== null && growth !== null && growth.share !== null,
  );
  const longest = Math.max(2 * cut, ...known.map(({ cycle }) => cycle!.interval.high * 1.1));
  return known.map(({ segment, cycle, growth, placed }) => ({
    segment: segmentName(segment),
    days: cycle!.days,
    days_low: cycle!.interval.low,
    days_high: cycle!.interval.high,
    share: growth!.share,
    share_low: growth!.interval?.low ?? growth!.share,
    share_high: growth!.interval?.high ?? growth!.share,
    is_faint: placed === null,
    longest: Math.ceil(longest / 10) * 10,
  }));
}

export const modelColumns: Column[] = [
  { id: 'name', label: 'Segment', sortable: false },
  { id: 'days', label: 'Sales cycle', unit: 'days', sortable: false },
  { id: 'share', label: 'New sales', unit: 'rate', sortable: false },
  { id: 'model', label: 'Nearest model', sortable: false },
  { id: 'today', label: 'Sales holds today', sortable: false },
  { id: 'changing', label: 'Open deals to change hands', unit: 'count', sortable: false, phone: 'figure' },
  { id: 'net', label: 'Their net', unit: 'money', sortable: false },
];

const todayWords = (today: Today) =>
  activities
    .flatMap((activity) => {
      const { sales, deals } = today[activity];
      return deals > 0 ? [`${rate(sales / deals, 0)} of ${activityWords[activity].several}`] : [];
    })
    .join(', ') || 'not known';

function modelOf({ placed }: SegmentModel): string {
  if (placed === null) return 'too few deals';
  return modelWords[placed.model] + (placed.isSure ? '' : ', or its neighbour');
}

/** A row a segment. */
export function modelRows({ segments, noRoles }: Models): Row[] {
  return segments.map((one) => {
    const { segment, cycle, growth, placed, today, changing } = one;
    const interval = (low: string, high: string) => `${low} to ${high}`;
    return {
      key: segmentName(segment),
      cells: {
        name: segmentName(segment),
        days: cycle?.days ?? null,
        share: growth?.share ?? null,
        model: modelOf(one),
        today: todayWords(today),
        changing: placed && !noRoles ? changing.deals : null,
        net: placed && !noRoles ? changing.net : null,
      },
      notes: {
        ...(cycle ? { days: interval(count(cycle.interval.low), count(cycle.interval.high)) } : {}),
        ...(growth?.interval
          ? { share: interval(rate(growth.interval.low, 0), rate(growth.interval.high, 0)) }
          : {}),
      },
      faint: placed === null,
    };
  });
}

/** Where segments point, and how sure that is. */
export function modelsInWords({ segments }: Models, cut: number, newSales: number): string {
  const placed = segments.filter((one) => one.placed !== null);
  if (placed.length === 0)
    return 'No segment has enough new business and expansion won to be placed: at least ten deals of each.';
  const sure = placed.filter((one) => one.placed!.isSure);
  const lines = `with the lines at ${days(cut)} and ${rate(newSales, 0)} of new sales`;
  if (sure.length === 0)
    return `No segment lies clear of the lines: ${lines}, each one’s interval reaches across one of them. The nearest models are in the table.`;
  const said = sure.map(
    ({ segment, placed: found }) => `${segmentName(segment)} to ${modelWords[found!.model]}`,
  );
  return `${said.join('; ')}, ${lines}.${sure.length < placed.length ? ' The other segments lie too near a line to tell.' : ''}`;
}

/** What the two vectors are made of. */
export function modelNote({ segments, noRoles }: Models, features: 'same' | 'new'): string {
  const net = segments.reduce((sum, { growth }) => sum + (growth?.net ?? 0), 0);
  const told = segments.reduce((sum, { growth }) => sum + (growth ? growth.told * growth.net : 0), 0);
  return [
    'Across: median days from created to won, new business. Up: share of won upsell and cross-sell dollars that is new sales (new divisions, new solutions) and not more of the same (price, consumption, organic users).',
    net > 0
      ? `What drove the expansion is recorded for ${rate(told / net, 0)} of it; else an upsell counts as more of the same and a cross-sell as new sales.`
      : '',
    `Growth by features counts as ${features === 'same' ? 'more of the same' : 'new sales'}; the post that the framework is from calls it both.`,
    'Both lines are ours. Acquisition cost, its other measure, is not known by segment.',
    noRoles
      ? 'In which role owners stood is not known, so what segments do today can’t be said.'
      : 'Account managers and customer success count as one side, as in the survey.',
  ]
    .filter(Boolean)
    .join(' ');
}

export const changingColumns: Column[] = [
  { id: 'name', label: 'Open deal', sortable: false },
  { id: 'account', label: 'Customer', sortable: false },
  { id: 'segment', label: 'Segment', sortable: false },
  { id: 'activity', label: 'Activity', sortable: false },
  { id: 'rep', label: 'With', sortable: false },
  { id: 'to', label: 'Would go to', sortable: false },
  { id: 'net', label: 'Net', unit: 'money', sortable: false, phone: 'figure' },
];

/** The open deals that would change hands, largest first. */
export const changingRows = (list: ChangingDeal[]): Row[] =>
  list.map((deal) => ({
    key: `${deal.deal_id} ${deal.activity}`,
    href: `/deals/${encodeURIComponent(deal.deal_id)}`,
    cells: {
      name: deal.deal_name,
      account: deal.account_name,
      segment: segmentName(deal.segment),
      activity: activityWords[deal.activity].one,
      rep: `${deal.rep_name ?? 'nobody'}, ${roleWords(deal.owner_role)}`,
      to: deal.to,
      net: deal.net,
    },
  }));
