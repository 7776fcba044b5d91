import { dateAndTime, rate } from '$lib/design/formats.ts';
import { addDays } from '$lib/metrics/span.ts';
import type { Column, Row } from '$lib/design/table.ts';
import type { DealLine, LineSums } from '$lib/records/deal/lines.ts';
import type { Change, Snapshot } from '$lib/records/deal/history.ts';
import type { PriceException, TeamMember, ValueAssessment } from '$lib/records/deal/people.ts';
import type { LinePeriod } from '$lib/records/deal/periods.ts';
import type { QuoteLine } from '$lib/records/deal/quotes.ts';
import { bundleInWords, termOf } from '$lib/records/deal/words.ts';
import { placeNote, type Sourced } from '$lib/records/sourced.ts';
import { inWords, listSourceInWords } from '$lib/records/words.ts';

/** Each row by its number, its place in the file under its name. */
function rowsOf<Thing extends Sourced>(
  things: Thing[],
  name: string,
  cells: (thing: Thing) => Row['cells'],
  notes: (thing: Thing) => Record<string, string | null> = () => ({}),
): Row[] {
  return things.map((thing, at) => ({
    key: String(at),
    cells: cells(thing),
    notes: placeNote(thing, name, notes(thing)),
  }));
}

/** Percent in points as the format of rates takes it; null stays null. */
const points = (percent: number | null) => (percent === null ? null : rate(percent / 100));
const joined = (...words: (string | null)[]) => words.filter(Boolean).join(', ') || null;

export const lineColumns: Column[] = [
  { id: 'product', label: 'Product' },
  { id: 'quantity', label: 'Quantity' },
  { id: 'term', label: 'Term' },
  { id: 'unit_list', label: 'Unit list', unit: 'cents' },
  { id: 'unit_net', label: 'Unit net', unit: 'cents' },
  { id: 'list_amount', label: 'List', unit: 'cents' },
  { id: 'discount', label: 'Discount', unit: 'cents' },
  { id: 'discount_rate', label: 'Rate', unit: 'rate' },
  { id: 'uplift', label: 'Uplift', unit: 'cents' },
  { id: 'net_amount', label: 'Net', unit: 'cents', phone: 'figure' },
];

/** Whether the line's bundle has its price on other lines. */
const bundled = ({ price_on: on }: DealLine) => on !== null && on !== 'each';

export const lineRows = (lines: DealLine[]): Row[] =>
  rowsOf(
    lines,
    'product',
    ({ product_name, price_period, term_months, ...line }) => ({
      ...(line as unknown as Row['cells']),
      product: product_name ?? 'The whole deal, without lines',
      term: termOf(price_period, term_months),
    }),
    (line) => ({
      term:
        line.price_period === 'once'
          ? null
          : (joined('price a', line.price_period)?.replace(',', '') ?? null),
      quantity: bundleInWords(line),
      list_amount:
        line.list_amount === null && bundled(line)
          ? 'counts elsewhere in the bundle'
          : listSourceInWords(line.list_source),
      discount: line.discount ? joined(inWords(line.discount_kind), line.discount_reason) : null,
      net_amount: joined(inWords(line.deal_type), line.motion),
    }),
  );

export const sumRow = (sums: LineSums): Row => ({
  key: 'total',
  cells: { ...(sums as unknown as Row['cells']), product: 'All' },
});

export const periodColumns: Column[] = [
  { id: 'product', label: 'Product' },
  { id: 'starts_on', label: 'From', unit: 'date' },
  { id: 'until', label: 'To', unit: 'date' },
  { id: 'list_amount', label: 'List', unit: 'cents' },
  { id: 'discount_rate', label: 'Discount', unit: 'rate' },
  { id: 'net_amount', label: 'Net', unit: 'cents', phone: 'figure' },
];

/** Each period with its last day, and what is free called so. */
export const periodRows = (periods: LinePeriod[]): Row[] =>
  rowsOf(
    periods,
    'product',
    ({ ends_on, ...period }) => ({
      ...(period as unknown as Row['cells']),
      until: ends_on && addDays(ends_on, -1),
    }),
    ({ net_amount: net, list_amount: list }) => ({
      net_amount: net === 0 && (list ?? 0) > 0 ? 'free' : null,
    }),
  );

export const quoteColumns: Column[] = [
  { id: 'quoted_on', label: 'Quoted', unit: 'date' },
  { id: 'quote', label: 'Offer' },
  { id: 'product', label: 'Product' },
  { id: 'quantity', label: 'Quantity' },
  { id: 'unit_list', label: 'Unit list', unit: 'cents' },
  { id: 'unit_net', label: 'Unit price', unit: 'cents', phone: 'figure' },
  { id: 'discount_rate', label: 'Discount', unit: 'rate' },
];

export const quoteRows = (lines: QuoteLine[]): Row[] =>
  rowsOf(
    lines,
    'quoted_on',
    ({ quote_id, is_accepted: _, ...line }) => ({
      ...(line as unknown as Row['cells']),
      quote: quote_id,
    }),
    ({ is_accepted }) => ({ quote: is_accepted ? 'accepted' : null }),
  );

export const exceptionColumns: Column[] = [
  { id: 'requested_on', label: 'Asked', unit: 'date' },
  { id: 'requested_by', label: 'By' },
  { id: 'requested', label: 'Asked for' },
  { id: 'decision', label: 'Decision' },
  { id: 'approved', label: 'Granted' },
  { id: 'approver', label: 'By whom' },
  { id: 'decided_on', label: 'Decided', unit: 'date' },
  { id: 'reason', label: 'Reason' },
];

export const exceptionRows = (exceptions: PriceException[]): Row[] =>
  rowsOf(
    exceptions,
    'requested_on',
    ({ requested_rate, approved_rate, decision, reason, criterion, value_evidence, ...rest }) => ({
      ...(rest as unknown as Row['cells']),
      requested: points(requested_rate),
      approved: points(approved_rate),
      decision: inWords(decision),
      reason: joined(reason, inWords(criterion), value_evidence),
    }),
  );

export const teamColumns: Column[] = [
  { id: 'person', label: 'Person' },
  { id: 'role', label: 'Role' },
  { id: 'split', label: 'Share of credit' },
  { id: 'joined_on', label: 'Since', unit: 'date' },
];

export const teamRows = (team: TeamMember[]): Row[] =>
  rowsOf(team, 'person', ({ person, role, split_share, is_revenue_split, joined_on }) => ({
    person,
    role: inWords(role),
    split: joined(points(split_share), split_share !== null && is_revenue_split === false ? 'overlay' : null),
    joined_on,
  }));

export const snapshotColumns: Column[] = [
  { id: 'when', label: 'When' },
  { id: 'stage', label: 'Stage' },
  { id: 'amount', label: 'Amount', unit: 'cents', phone: 'figure' },
  { id: 'closed_on', label: 'Close date then', unit: 'date' },
  { id: 'forecast_category', label: 'Forecast' },
  { id: 'chance', label: 'Chance' },
  { id: 'owner', label: 'Owner' },
];

export const snapshotRows = (snapshots: Snapshot[], timeZone: string): Row[] =>
  rowsOf(snapshots, 'when', ({ happened_at, probability, ...rest }) => ({
    ...(rest as unknown as Row['cells']),
    when: dateAndTime(happened_at, timeZone),
    chance: points(probability),
  }));

export const changeColumns: Column[] = [
  { id: 'when', label: 'When' },
  { id: 'field', label: 'What' },
  { id: 'old_value', label: 'From' },
  { id: 'new_value', label: 'To' },
];

export const changeRows = (changes: Change[], timeZone: string): Row[] =>
  rowsOf(changes, 'when', ({ happened_at, field, old_value, new_value }) => ({
    when: dateAndTime(happened_at, timeZone),
    field: inWords(field),
    old_value,
    new_value,
  }));

export const valueColumns: Column[] = [
  { id: 'outcome', label: 'Outcome' },
  { id: 'persona', label: 'To whom' },
  { id: 'value_amount', label: 'Worth', unit: 'money', phone: 'figure' },
  { id: 'evidence', label: 'Evidence' },
  { id: 'assessed_by', label: 'Said by' },
  { id: 'assessed_on', label: 'On', unit: 'date' },
];

export const valueRows = (assessments: ValueAssessment[]): Row[] =>
  rowsOf(
    assessments,
    'outcome',
    ({ evidence, is_terminal: _, ...rest }) => ({
      ...(rest as unknown as Row['cells']),
      evidence: inWords(evidence),
    }),
    ({ is_terminal }) => ({
      value_amount: is_terminal === false ? 'leads to another outcome: not added up' : null,
    }),
  );
