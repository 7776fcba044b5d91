import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { holdfast } from './demoWarehouse.ts';
import { madeOnce } from './madeOnce.ts';
import { fingerprint, root } from '../src/cli/prepare.js';
import { openWarehouse, type Warehouse } from '../src/lib/warehouse/warehouse.ts';

export interface Line {
  deal_line_id: string;
  deal_id: string;
  product_id: string;
  deal_type: string;
  quantity: number;
  unit_list: number | null;
  net_amount: number;
  discount_kind: string;
}

export interface Deal {
  deal_id: string;
  name: string;
  account_id: string;
  owner_id: string;
  stage: string;
  is_closed: boolean;
  is_won: boolean;
  created_on: string;
  closed_on: string;
  lines: Line[];
}

export const accounts = [
  { account_id: 'A/1, ?', name: '<script>alert(1)</script>', segment: 'Enterprise' },
  { account_id: 'A2', name: 'Jürgen & Söhne', segment: 'Enterprise' },
  { account_id: 'A3', name: '100% of_it', segment: 'Mid' },
  { account_id: 'A4', name: '\u202eevil\u202c الأمل', segment: '' },
];
const people = ['P1', 'P2', 'P3'];
const products = [
  { product_id: 'X,1', name: "=cmd|' /C calc'!A0", family: 'Core' },
  { product_id: 'Y', name: 'Yarrow', family: 'Core' },
  { product_id: 'Z', name: 'Zinnia', family: 'Edge' },
];

const types = ['new', 'renewal', 'upsell', 'cross_sell'];
const stages = ['Won', 'Won', 'Lost', 'Negotiation'];

const day = (at: number) => new Date(Date.UTC(2024, 0, 5 + at * 6)).toISOString().slice(0, 10);

/** 130 deals over two years whose every number follows from their place in the row. */
export const deals: Deal[] = Array.from({ length: 130 }, (_, at) => {
  const stage = stages[at % 4]!;
  const deal_id = at === 0 ? 'D/0, b' : `D${at}`;
  const lines = Array.from({ length: (at % 3) + 1 }, (_, part): Line => {
    const unit = at % 7 === 0 && part === 0 ? null : 100 + ((at * 13 + part * 7) % 50) + 0.25;
    const quantity = ((at + part) % 5) + 1;
    const list = (unit ?? 80) * quantity;
    // Every ninth line is sold above list.
    const factor = (at + part) % 9 === 0 ? 1.1 : 1 - ((at * 3 + part) % 30) / 100;
    return {
      deal_line_id: `L${at}-${part}`,
      deal_id,
      product_id: products[(at + part) % 3]!.product_id,
      deal_type: types[(at + (at % 11 === 0 ? part : 0)) % 4]!,
      quantity,
      unit_list: unit,
      net_amount: Math.round(list * factor * 100) / 100,
      discount_kind: part === 0 ? 'discretionary' : 'volume',
    };
  });
  return {
    deal_id,
    name: at === 0 ? '"quoted", </title>' : `Deal ${at}`,
    account_id: accounts[at % 4]!.account_id,
    owner_id: people[at % 3]!,
    stage,
    is_closed: stage !== 'Negotiation',
    is_won: stage === 'Won',
    created_on: day(at - 4),
    closed_on: day(at),
    lines,
  };
});

type Cell = string | number | boolean | null;

function csv(rows: Record<string, Cell>[]): string {
  const names = Object.keys(rows[0]!);
  const cell = (value: Cell) => (value === null ? '' : `"${String(value).replaceAll('"', '""')}"`);
  return (
    [names.join(','), ...rows.map((row) => names.map((name) => cell(row[name]!)).join(','))].join('\n') + '\n'
  );
}

const bills = [
  { invoice_id: 'I1', account_id: 'A2', deal_id: 'D1', issued_on: '2024-02-01', currency: 'USD' },
  { invoice_id: 'I2', account_id: 'A2', deal_id: 'D5', issued_on: '2024-03-01', currency: 'USD' },
];

/** Every file of the company by its name. */
export const files: Record<string, string> = {
  'account.csv': csv(accounts),
  'person.csv': csv(
    people.map((person_id) => ({ person_id, name: `Rep ${person_id}`, email: `${person_id}@b.example` })),
  ),
  'person_assignment.csv': csv(
    people.map((person_id, at) => ({
      person_id,
      manager_id: 'P1',
      region: at < 2 ? 'North' : 'South',
      team: 'T',
    })),
  ),
  'product.csv': csv(products),
  'deal.csv':
    csv(deals.map(({ lines: _, ...deal }) => deal)) +
    '"DX","never","A2","P1","Won","maybe","true","2024-01-01","2024-02-01"\n',
  'deal_line.csv': csv(deals.flatMap(({ lines }) => lines as unknown as Record<string, Cell>[])),
  'invoice.csv': csv(bills),
  'invoice_line.csv': csv(
    bills.map(({ invoice_id }, at) => ({
      invoice_line_id: `IL${at}`,
      invoice_id,
      product_id: 'Y',
      quantity: 1,
      list_amount: 100,
      discount_amount: 10 * at,
      net_amount: 100 - 10 * at,
      discount_code: '=1+1',
    })),
  ),
  'credit_note_line.csv': csv([
    {
      credit_note_id: 'C1',
      invoice_id: 'I2',
      invoice_line_id: 'IL1',
      issued_on: '2024-04-01',
      amount: 5,
      reason: 'error',
    },
  ]),
  'price_exception.csv': csv([
    {
      exception_id: 'E1',
      deal_id: 'D1',
      requested_by: 'P2',
      requested_on: '2024-01-02',
      requested_rate: 24,
      approved_rate: 20,
      approver_id: 'P1',
      decided_on: '2024-01-03',
      decision: 'approved',
    },
  ]),
  'account_role.csv': csv([
    { account_id: 'A2', person_id: 'P1', role: 'owner', valid_from: '2023-01-01', valid_to: '2024-06-01' },
    { account_id: 'A2', person_id: 'P2', role: 'owner', valid_from: '2024-06-01', valid_to: '' },
  ]),
};

/** The company's exports, loaded as a person does; made once for the pipeline as it is. */
export async function openCompany(): Promise<{ warehouse: Warehouse; file: string }> {
  const sources = ['pipeline', 'src/cli', 'package-lock.json', 'tests/smallCompany.ts'];
  const mark = fingerprint(sources, (path) => !path.endsWith('.test.ts'));
  const folder = join(root, 'node_modules', '.cache', 'holdfast', `company-${mark.slice(0, 16)}`);
  await madeOnce(folder, make);
  const file = join(folder, 'company.duckdb');
  return { warehouse: await openWarehouse(file), file };
}

async function make(aside: string): Promise<void> {
  const exports = join(aside, 'exports');
  mkdirSync(exports);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(exports, name), text);
  writeFileSync(join(exports, 'holdfast.yaml'), 'fiscal_year_start: 1\n');
  await holdfast('load', exports, '--out', join(aside, 'company.duckdb'), '--exported-at', '2026-01-31');
}

const cents = (value: number) => Math.round(value * 1e4) / 1e4;

/** List, discount, uplift and net of these lines, worked out from what was written. */
export function sumsOf(lines: Line[]) {
  const sums = { list_amount: 0, discount: 0, uplift: 0, net_amount: 0, unpriced_net: 0 };
  for (const { unit_list, quantity, net_amount } of lines) {
    sums.net_amount += net_amount;
    if (unit_list === null) {
      sums.unpriced_net += net_amount;
      continue;
    }
    const list = unit_list * quantity;
    sums.list_amount += list;
    sums.discount += Math.max(list - net_amount, 0);
    sums.uplift += Math.max(net_amount - list, 0);
  }
  return Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, cents(sum)])) as typeof sums;
}
