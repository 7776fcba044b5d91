import fc from 'fast-check';
import type { Given, Row } from './modelled.fixture.ts';

/** One thing that changed in the company, in the week before the export of that number. */
export interface LogEntry {
  week: number;
  table: 'deal' | 'person_assignment' | 'account' | 'account_role' | 'product' | 'list_price' | 'deal_line';
  id: string;
  field: string;
  old: string | number | null;
  new: string | number | null;
}

export interface ChangingCompany {
  /** Days of the exports, one a week. */
  days: string[];
  /** Everything that changed, in the order in which it did. */
  log: LogEntry[];
  /** Rows of all exports, as the fixture of models takes them. */
  given: Given;
}

const people = ['ann', 'bea', 'cid', 'dan'];
const stages = ['Discovery', 'Proposal', 'Negotiation', 'Closed Won', 'Closed Lost'];
const won = ['Closed Won'];
const closed = ['Closed Won', 'Closed Lost'];

/** The day `days` after 1 June 2026. */
function dayAfter(days: number): string {
  return new Date(Date.UTC(2026, 5, 1 + days)).toISOString().slice(0, 10);
}

type Draw = (most: number) => number;
type State = Map<string, Row>;

/** What each table's rows may change to. */
const choices: Record<string, Record<string, (draw: Draw) => string | number>> = {
  deal: {
    stage: (draw) => stages[draw(4)]!,
    amount: (draw) => 100 + draw(900),
    closed_on: (draw) => dayAfter(draw(120) - 60),
    forecast_category: (draw) => ['Pipeline', 'Best Case', 'Commit'][draw(2)]!,
    probability: (draw) => 10 * draw(10),
    owner_id: (draw) => people[draw(3)]!,
  },
  person_assignment: {
    manager_id: (draw) => ['max', 'mia'][draw(1)]!,
    region: (draw) => ['West', 'East', 'North'][draw(2)]!,
    team: (draw) => ['A', 'B'][draw(1)]!,
    role: (draw) => ['account_manager', 'sales_manager'][draw(1)]!,
  },
  account: { segment: (draw) => ['SMB', 'Mid', 'Large'][draw(2)]! },
  account_role: { person_id: (draw) => people[draw(3)]! },
  product: { family: (draw) => ['Core', 'Edge'][draw(1)]! },
  list_price: { unit_list: (draw) => 10 + draw(90) },
  deal_line: { net_amount: (draw) => 50 + draw(500) },
};

const tables = Object.keys(choices) as LogEntry['table'][];
const ids: Record<string, (number: number) => string> = {
  deal: (n) => `d${n}`,
  person_assignment: (n) => people[n % people.length]!,
  account: (n) => `a${n % 5}`,
  account_role: (n) => `a${n % 5}`,
  product: (n) => `p${n % 3}`,
  list_price: (n) => `p${n % 3}`,
  deal_line: (n) => `l${n}`,
};

const keyOf: Record<string, string> = {
  deal: 'deal_id',
  person_assignment: 'person_id',
  account: 'account_id',
  account_role: 'account_id',
  product: 'product_id',
  list_price: 'product_id',
  deal_line: 'deal_line_id',
};

/** A new row of a table; a line belongs to the deal of its number and is for a product of the price book. */
function begin(table: LogEntry['table'], number: number, draw: Draw): Row {
  const row: Row = { [keyOf[table]!]: ids[table]!(number) };
  for (const [field, choose] of Object.entries(choices[table]!)) row[field] = choose(draw);
  if (table === 'deal') Object.assign(row, { account_id: `a${number % 5}`, created_on: dayAfter(-90) });
  if (table === 'account_role') row.role = 'owner';
  if (table === 'deal_line')
    Object.assign(row, { deal_id: `d${number}`, product_id: `p${number % 3}`, quantity: 2 });
  return row;
}

/** Rows as an export shows them: the state of a deal follows its stage, and list on lines follows today's price book. */
function shown(state: Map<string, State>, exported: string): [string, Row[]][] {
  return tables.map((table) => [
    table,
    [...state.get(table)!.values()]
      .filter((row) => table !== 'deal_line' || state.get('deal')!.has(String(row.deal_id)))
      .map((row) => ({
        ...row,
        ...(table === 'deal' && {
          is_closed: closed.includes(String(row.stage)),
          is_won: won.includes(String(row.stage)),
        }),
        ...(table === 'deal_line' && {
          unit_list: state.get('list_price')!.get(String(row.product_id))!.unit_list!,
        }),
        exported,
      })),
  ]);
}

/** A small company that changes at random between weekly exports: what changed, and what each export shows. */
export const changingCompany: fc.Arbitrary<ChangingCompany> = fc
  .record({
    weeks: fc.integer({ min: 2, max: 6 }),
    deals: fc.integer({ min: 4, max: 14 }),
    dice: fc.infiniteStream(fc.nat(9999)),
  })
  .map(({ weeks, deals, dice }) => {
    const draw: Draw = (most) => (dice.next().value as number) % (most + 1);
    const state = new Map<string, State>(tables.map((table) => [table, new Map()]));
    const add = (table: LogEntry['table'], number: number) => {
      const row = begin(table, number, draw);
      const key = String(row[keyOf[table]!]);
      if (!state.get(table)!.has(key)) state.get(table)!.set(key, row);
    };
    for (const table of tables)
      for (let number = 0; number < deals; number++)
        if (table !== 'deal_line' || number % 2) add(table, number);
    const log: LogEntry[] = [];
    // Exports reach back to a deal that closed before all others.
    const oldest = {
      deal_id: 'oldest',
      stage: 'Closed Lost',
      is_closed: true,
      is_won: false,
      closed_on: dayAfter(-80),
    };
    const given: Given = {};
    const days = Array.from({ length: weeks }, (_, week) => dayAfter(7 * (week + 9)));
    for (const [week, day] of days.entries()) {
      const changes = week === 0 ? 0 : draw(12);
      for (let change = 0; change < changes; change++) {
        const table = tables[draw(tables.length - 1)]!;
        const rows = [...state.get(table)!.values()];
        const row = rows[draw(rows.length - 1)]!;
        const fields = Object.keys(choices[table]!);
        const field = fields[draw(fields.length - 1)]!;
        const fresh = choices[table]![field]!(draw);
        log.push({
          week,
          table,
          id: String(row[keyOf[table]!]),
          field,
          old: row[field] as string,
          new: fresh,
        });
        row[field] = fresh;
      }
      // A deal is taken out of the source, or a new one entered.
      if (week > 0 && draw(3) === 0) {
        const gone = [...state.get('deal')!.keys()][draw(state.get('deal')!.size - 1)]!;
        log.push({ week, table: 'deal', id: gone, field: 'vanished', old: null, new: null });
        state.get('deal')!.delete(gone);
      }
      if (week > 0 && draw(2) === 0) add('deal', 100 + week);
      for (const [table, rows] of shown(state, day)) given[table] = [...(given[table] ?? []), ...rows];
      given.deal!.push({ ...oldest, exported: day });
    }
    return { days, log, given };
  });

/** What the log comes to from export to export: a change that was undone before the next export was never shown. */
export function netChanges(log: LogEntry[], table: LogEntry['table']): LogEntry[] {
  const net = new Map<string, LogEntry>();
  for (const entry of log.filter((one) => one.table === table)) {
    const key = `${entry.week} ${entry.id} ${entry.field}`;
    net.set(key, { ...entry, old: net.get(key)?.old ?? entry.old });
  }
  return [...net.values()].filter((entry) => entry.field === 'vanished' || entry.old !== entry.new);
}
