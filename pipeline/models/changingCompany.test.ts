import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  changingCompany,
  netChanges,
  type ChangingCompany,
  type LogEntry,
} from './changingCompany.fixture.ts';
import { modelled, type Modelled, type Row } from './modelled.fixture.ts';

/** More by hand: RUNS=200 npx vitest run … */
const numRuns = Number(process.env.RUNS ?? 2);

const numbers = (value: unknown) => (value === null ? null : Number(value));
const byText = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

/** Changes of deals as the log tells them: those of deals that a later export still shows. */
function changesOf({ days, log, given }: ChangingCompany) {
  return netChanges(log, 'deal')
    .filter(({ field, id, week }) => field !== 'vanished' && has(given.deal!, id, days[week]!))
    .map(({ id, field, week, old, new: fresh }) => ({
      deal_id: id,
      field: field === 'owner_id' ? 'owner' : field,
      on: days[week],
      after: days[week - 1],
      old: typeof old === 'number' ? Number(old) : old,
      new: fresh,
    }))
    .sort(byText);
}

const has = (rows: Row[], id: string, day: string) =>
  rows.some((row) => row.deal_id === id && row.exported === day);

async function changesFound({ rows }: Modelled) {
  const found = await rows(
    `select deal_id, field, happened_at::date::varchar as on, after_at::date::varchar as after, old_value, new_value
     from core.deal_event where source = 'exports'`,
  );
  const plain = (field: unknown, value: unknown) =>
    field === 'amount' || field === 'probability' ? numbers(value) : value;
  return found
    .map(({ deal_id, field, on, after, old_value, new_value }) => ({
      deal_id,
      field,
      on,
      after,
      old: plain(field, old_value),
      new: plain(field, new_value),
    }))
    .sort(byText);
}

/** The spans that the log makes of one field: a value, since when, until when. */
function spansOf(company: ChangingCompany, table: LogEntry['table'], id: string, field: string) {
  const first = company.given[table]!.find((row) => Object.values(row)[0] === id)![field];
  const spans: [unknown, string | null, string | null][] = [[first, null, null]];
  for (const entry of netChanges(company.log, table).filter((one) => one.id === id && one.field === field)) {
    spans.at(-1)![2] = company.days[entry.week]!;
    spans.push([entry.new, company.days[entry.week]!, null]);
  }
  return spans;
}

/** Spans as found, those that differ in another field alone put together. */
function together(found: [unknown, string | null, string | null][]) {
  const spans: typeof found = [];
  for (const span of found.sort((a, b) => ((a[1] ?? '') < (b[1] ?? '') ? -1 : 1)))
    if (spans.at(-1)?.[0] === span[0] && spans.at(-1)?.[2] === span[1]) spans.at(-1)![2] = span[2];
    else spans.push([...span]);
  return spans;
}

const spanned = [
  ['person_assignment', 'person_id', 'manager_id'],
  ['person_assignment', 'person_id', 'region'],
  ['person_assignment', 'person_id', 'team'],
  ['person_assignment', 'person_id', 'role'],
  ['account', 'account_id', 'segment'],
  ['account_role', 'account_id', 'person_id'],
  ['product', 'product_id', 'family'],
  ['list_price', 'product_id', 'unit_list'],
] as const;

describe('weekly exports of a changing company', () => {
  it('give the same history as the log of what changed in it', async () => {
    await fc.assert(
      fc.asyncProperty(changingCompany, async (company) => {
        const made = await modelled(company.given, '', `${company.days.at(-1)}T23:00:00.000Z`);
        expect(await changesFound(made)).toEqual(changesOf(company));

        for (const [table, key, field] of spanned)
          for (const id of new Set(company.given[table]!.map((row) => String(row[key])))) {
            const found = await made.rows(
              `select ${field} as value, valid_from::varchar as since, valid_to::varchar as until from core.${table}
               where ${key} = '${id}'`,
            );
            const plain = (value: unknown) => (field === 'unit_list' ? numbers(value) : value);
            const spans = together(
              found.map((row) => [plain(row.value), row.since as string | null, row.until as string | null]),
            );
            expect(spans, `${field} of ${id}`).toEqual(spansOf(company, table, id, field));
          }

        const gone = netChanges(company.log, 'deal').filter(({ field }) => field === 'vanished');
        const vanished = await made.rows(
          `select deal_id, vanished_on::varchar as on, is_won, is_closed from core.deal where vanished_on is not null order by all`,
        );
        expect(vanished.map(({ deal_id, on }) => [deal_id, on])).toEqual(
          gone
            .filter(({ id, week }) => has(company.given.deal!, id, company.days[week - 1]!))
            .map(({ id, week }) => [id, company.days[week]])
            .sort(byText),
        );
        expect(vanished.filter((deal) => deal.is_closed !== true)).toEqual([]);

        await standsAsFirstListed(company, made);
        await addsUp(company, made);
      }),
      { numRuns },
    );
  });
});

/** Each line's list is what the first export showed of it, whatever the price book has become. */
async function standsAsFirstListed({ given }: ChangingCompany, { rows }: Modelled) {
  const found = await rows(
    `select deal_line_id as id, unit_list::double as list from marts.fact_deal_line
     where list_source in ('line', 'line, seen after the close') order by id`,
  );
  for (const { id, list } of found)
    expect(list, String(id)).toBe(given.deal_line!.find((row) => row.deal_line_id === id)!.unit_list);
}

/** What was first told of a quarter that was over, and everything restated since, is what it comes to now. */
async function addsUp({ days, given }: ChangingCompany, { rows }: Modelled) {
  const quarter = { from: '2026-04-01', to: '2026-07-01' };
  const last = new Map(given.deal!.map((deal) => [String(deal.deal_id), deal]));
  const toldOn = (day: string, deals: Row[]) => {
    const inQuarter = deals.filter(
      (deal) => deal.is_won && String(deal.closed_on) >= quarter.from && String(deal.closed_on) < quarter.to,
    );
    return inQuarter.reduce((sum, deal) => {
      const lines = given.deal_line!.filter((line) => line.deal_id === deal.deal_id && line.exported === day);
      return (
        sum +
        (lines.length > 0
          ? lines.reduce((net, line) => net + Number(line.net_amount), 0)
          : Number(deal.amount))
      );
    }, 0);
  };
  const first = toldOn(
    days[0]!,
    given.deal!.filter((deal) => deal.exported === days[0]),
  );
  const [now] = await rows(
    `select coalesce(sum(net_amount_base), 0)::double as net from marts.fact_deal_line
     where is_won and fiscal_quarter = '2026-Q2'`,
  );
  const [restated] = await rows(
    `select coalesce(sum(coalesce(net_after_base, 0) - coalesce(net_before_base, 0)), 0)::double as net
     from marts.fact_restatement where fiscal_quarter = '2026-Q2'`,
  );
  expect(last.size).toBeGreaterThan(0);
  expect(Number(now!.net)).toBeCloseTo(first + Number(restated!.net), 4);
}
