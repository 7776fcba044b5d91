import { dealsHref, type Asking } from '../../asking/asking.ts';
import { decimal, period, points, pointsInterval, rate } from '../../design/formats.ts';
import type { Column, Row } from '../../design/table.ts';
import type { Compared } from '../../questions/value/comparison.ts';
import type { SoldGroup, SoldGroups } from '../../questions/value/groups.ts';
import type { Network } from '../../questions/value/network.ts';
import type { PipelineValue } from '../../questions/value/pipeline.ts';
import type { PriceAgainstValue } from '../../questions/value/price.ts';
import type { Sign } from '../../questions/value/quality.ts';
import type { Recorded } from '../../questions/value/recorded.ts';
import { MINIMUM_DEALS } from '../../statistics/standOut.ts';
import { signWords } from './sections.ts';

const plain = (id: string, label: string, more: Partial<Column> = {}): Column => ({
  ...{ id, label, sortable: false, phone: 'line' },
  ...more,
});

const evidences: Record<string, string> = {
  customer_confirmed: 'confirmed by the customer',
  rep_estimated: 'estimated by the rep',
  'not said': 'nobody says by whom',
  'after the close': 'recorded after the close',
  none: 'no value on record',
};
export const evidenceWords = (evidence: string | null): string => evidences[evidence ?? 'none'] ?? evidence!;

/** Open, won and lost alike, as the figures of value count them, unless the reader chose which. */
export function anyDeals(asking: Asking, narrower: Record<string, string | null> = {}): string {
  const href = dealsHref(asking, narrower);
  return asking.search.has('is_closed') ? href : `${href}&is_closed=${encodeURIComponent('true,false,')}`;
}

const dealLink = (id: string) => `/deals/${encodeURIComponent(id)}`;

export const recordedColumns = (found: Recorded): Column[] => [
  plain('name', found.split.label[0]!.toUpperCase() + found.split.label.slice(1)),
  plain('value', 'Value', { unit: 'money', phone: 'figure' }),
  plain('confirmed', 'Confirmed', { unit: 'money' }),
  plain('estimated', 'Estimated', { unit: 'money' }),
  plain('share', 'Share confirmed', { unit: 'rate', bar: true }),
  plain('deals', 'Deals', { unit: 'count' }),
];

/** The value on record by group; groups that open into deals lead there. */
export function recordedRows(found: Recorded, asking: Asking): Row[] {
  const { id } = found.split;
  const opens = !['outcome_id', 'persona'].includes(id);
  return found.groups.map(({ key, name, value, confirmed, estimated, deals }) => ({
    key: key || 'unknown',
    href: opens
      ? anyDeals(asking, { [id === 'fiscal_quarter' ? 'period' : id]: key || null, has_value: 'true' })
      : undefined,
    cells: {
      name: id === 'fiscal_quarter' && key ? period(key) : (name ?? `no ${found.split.label} known`),
      ...{ value, confirmed, estimated, deals },
      share: value > 0 ? confirmed / value : null,
    },
    faint: deals < MINIMUM_DEALS,
  }));
}

export const priceColumns: Column[] = [
  plain('name', 'Deal'),
  plain('customer', 'Customer'),
  plain('rep', 'Rep'),
  plain('value', 'Value', { unit: 'money' }),
  plain('share', 'Price ÷ value', { unit: 'rate', phone: 'figure' }),
  plain('lessPrice', 'Value − price', { unit: 'money' }),
  plain('captured', 'Of the difference', { unit: 'rate' }),
  plain('evidence', 'Value is'),
];

const linksOf = (account: string | null): Record<string, string> =>
  account === null ? {} : { customer: `/customers/${encodeURIComponent(account)}` };

/** Deals by the share of value that they charge. */
export const priceRows = ({ list }: PriceAgainstValue): Row[] =>
  list.map((deal) => ({
    key: deal.deal_id,
    href: dealLink(deal.deal_id),
    links: linksOf(deal.account_id),
    cells: {
      name: deal.deal_name,
      customer: deal.account_name,
      rep: deal.rep_name,
      value: deal.value,
      share: deal.share,
      lessPrice: deal.lessPrice,
      captured: deal.captured,
      evidence: evidenceWords(deal.evidence),
    },
    alarm: deal.isAbove ? ['share'] : deal.share === null ? ['value'] : [],
    notes: deal.share === null ? { share: 'a value of zero or less has no share' } : undefined,
  }));

export const networkColumns: Column[] = [
  plain('name', 'Outcome'),
  plain('kind', 'Kind'),
  plain('to', 'Leads to'),
  plain('personas', 'Who cares'),
  plain('value', 'Value', { unit: 'money', phone: 'figure' }),
  plain('confirmed', 'Confirmed', { unit: 'money' }),
];

const kinds = { differentiation: 'what differs', outcome: 'step', final: 'final outcome' };

/** The network as a table, for those who read it as one. */
export function networkRows({ outcomes }: Network): Row[] {
  const names = new Map(outcomes.map(({ id, name }) => [id, name]));
  return outcomes.map((one) => ({
    key: one.id,
    cells: {
      name: one.name,
      kind: kinds[one.kind],
      to: one.leadsTo.map((id) => names.get(id)).join(', ') || null,
      personas: one.personas.join(', ') || null,
      value: one.value,
      confirmed: one.confirmed,
    },
    alarm: one.kind === 'final' && one.value === 0 ? ['value'] : [],
  }));
}

/** The rows of the picture of the network. */
export const networkPicture = ({ outcomes }: Network) =>
  outcomes.map(({ id, name, kind, leadsTo, layer, place, value }) => ({
    ...{ id, name, kind, layer, place, amount: value },
    to: leadsTo.join('\n'),
  }));

export const pipelineColumns: Column[] = [
  plain('name', 'Region'),
  plain('net', 'Open pipeline', { unit: 'money', bar: true }),
  plain('share', 'With confirmed value', { unit: 'rate', phone: 'figure' }),
  plain('deals', 'Deals', { unit: 'count' }),
];

export const pipelineRows = ({ groups }: PipelineValue, asking: Asking): Row[] =>
  groups.map(({ region, net, share, deals }) => ({
    key: region ?? 'unknown',
    href: dealsHref(asking, { region, is_closed: 'false', period: 'all' }),
    cells: { name: region ?? 'no region known', net, share, deals },
    faint: deals < MINIMUM_DEALS,
  }));

export const openColumns: Column[] = [
  plain('name', 'Deal'),
  plain('customer', 'Customer'),
  plain('rep', 'Rep'),
  plain('due', 'Due', { unit: 'date' }),
  plain('net', 'Net', { unit: 'money', phone: 'figure' }),
  plain('evidence', 'Value is'),
];

export const openRows = ({ list }: PipelineValue): Row[] =>
  list.map((deal) => ({
    key: deal.deal_id,
    href: dealLink(deal.deal_id),
    cells: {
      name: deal.deal_name,
      customer: deal.account_name,
      rep: deal.rep_name,
      due: deal.due,
      net: deal.net,
      evidence: evidenceWords(deal.evidence),
    },
  }));

export const soldColumns = (first: string): Column[] => [
  plain('name', first),
  plain('deals', 'Deals', { unit: 'count' }),
  plain('share', 'Share', { unit: 'rate', bar: true }),
  plain('net', 'Net', { unit: 'money', phone: 'hide' }),
  plain('win', 'Win rate', { unit: 'rate', phone: 'figure' }),
  plain('winInterval', '95% interval'),
  plain('discount', 'Discount', { unit: 'rate' }),
  plain('discountInterval', '95% interval'),
  plain('won', 'Won, priced', { unit: 'count' }),
];

/** Groups of deals with what became of them; `name` and `narrower` say how each is called and opened. */
export const soldRows = (
  { groups, deals: all }: SoldGroups,
  asking: Asking,
  name: (id: string) => string,
  narrower: (id: string) => Record<string, string>,
): Row[] =>
  groups.map((group: SoldGroup) => ({
    key: group.id,
    href: anyDeals(asking, narrower(group.id)),
    cells: {
      name: name(group.id),
      deals: group.deals,
      share: all > 0 ? group.deals / all : null,
      net: group.net,
      win: group.winRate,
      winInterval: group.winInterval && `${rate(group.winInterval.low)} to ${rate(group.winInterval.high)}`,
      discount: group.discountRate,
      discountInterval:
        group.discountInterval &&
        `${rate(Math.max(0, group.discountInterval.low))} to ${rate(group.discountInterval.high)}`,
      won: group.priced,
    },
    faint: group.won + group.lost < MINIMUM_DEALS,
  }));

export const comparedColumns: Column[] = [
  plain('name', 'Compared'),
  plain('gap', 'Difference', { unit: 'points', signed: true, phone: 'figure' }),
  plain('interval', '95% interval, pts'),
  plain('smallest', 'Would show from, pts'),
  plain('verdict', 'Says'),
];

/** Comparisons with what they could have shown. */
export const comparedRows = (compared: readonly Compared[], name: (one: Compared) => string): Row[] =>
  compared.map((one) => ({
    key: `${one.id} ${one.measure}`,
    cells: {
      name: name(one),
      gap: one.error === null ? null : one.estimate,
      interval: one.error === null ? null : pointsInterval(one.low!, one.high!),
      smallest: one.smallestDetectable === null ? null : decimal(one.smallestDetectable * 100, 1),
      verdict: verdictWords(one),
    },
    faint: one.error === null,
  }));

function verdictWords({ verdict, stands, largerThan, error }: Compared): string {
  if (error === null) return 'too few to compare';
  if (verdict === 'effect') return stands ? 'a difference' : 'a difference that may be chance';
  return verdict === 'cannot tell' ? verdict : `none larger than ${points(largerThan!).replace('+', '')}`;
}

export const signColumns: Column[] = [
  plain('name', 'Sign of good selling'),
  plain('known', 'Deals recorded', { unit: 'count' }),
  plain('share', 'With it', { unit: 'rate', phone: 'figure' }),
  plain('perDeal', 'A deal', { unit: 'number' }),
  plain('with', 'Won with it', { unit: 'rate' }),
  plain('interval', '95% interval'),
  plain('without', 'Won without', { unit: 'rate' }),
];

export const signRows = (signs: readonly Sign[]): Row[] =>
  signs.map((one) => ({
    key: one.id,
    cells: {
      name: signWords[one.id],
      known: one.known,
      share: one.seen / one.known,
      perDeal: one.perDeal,
      with: one.winWith,
      interval:
        one.winWithInterval && `${rate(one.winWithInterval.low)} to ${rate(one.winWithInterval.high)}`,
      without: one.winWithout,
    },
    faint: one.seen < MINIMUM_DEALS,
  }));
