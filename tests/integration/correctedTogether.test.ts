import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { fingerprints, load, madeAnew } from './madeAnew.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-corrected-together-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Files = Record<string, string>;
const customers = Array.from({ length: 40 }, (_, index) => index + 1);
const written = (columns: string, rows: readonly string[]) => [columns, ...rows, ''].join('\n');

/** Forty customers with a deal of one line each, told by templates. */
const company = (): Files => ({
  deal: written(
    'deal_id,name,account_id,owner_id,amount,stage,closed_on,created_on,is_won,is_closed,currency',
    customers.map(
      (n) => `d${n},Deal ${n},a${n},ann,${100 + n},S1,2026-0${(n % 6) + 1}-12,2025-12-01,true,true,USD`,
    ),
  ),
  deal_line: written(
    'deal_line_id,deal_id,product_id,quantity,net_amount,term_months,price_period,deal_type',
    customers.map((n) => `l${n},d${n},p${n % 4},1,${100 + n},12,month,new`),
  ),
  account: written(
    'account_id,name,segment',
    customers.map((n) => `a${n},Acme ${n},${n % 2 ? 'Small' : 'Large'}`),
  ),
  product: written('product_id,name,family,offer_model,parent_product_id', [
    'p0,Press,Tools,capex,',
    'p1,Suite,Core,subscription,',
    'p2,Part,Core,subscription,p1',
    'p3,Quill,Core,subscription,',
  ]),
});

const edited = (files: Files, name: string, from: string, to: string): Files => {
  expect(files[name]).toContain(from);
  return { ...files, [name]: files[name]!.replace(from, to) };
};

const turnedRound = (text: string) => {
  const [columns, ...rows] = text.trimEnd().split('\n');
  return written(columns!, rows.reverse());
};

/** Two more deals of a customer: a second sale of capex, and a bundle whose parent repeats the sum of its part. */
const withBundle = (files: Files): Files => ({
  ...files,
  deal: `${files.deal}d41,Deal 41,a1,ann,900,S1,2026-07-12,2025-12-01,true,true,USD\n`,
  deal_line: `${files.deal_line}l41,d41,p0,1,500,12,month,new\nl42,d41,p1,1,400,12,month,new\nl43,d41,p2,1,400,12,month,new\n`,
});

const stages = (isWon: boolean) =>
  written('stage_id,name,is_won,is_closed', ['S1,S1,true,true', `S2,S2,${isWon},true`]);
const list = (...rows: string[]) => written('product_id,unit_list,currency,price_book', rows);
const line1 = (files: Files) => edited(files, 'deal_line', 'l1,d1,p1,1,101', 'l1,d1,p1,1,99');
const deal1 = (files: Files) => edited(files, 'deal', 'd1,Deal 1,a1,ann,101', 'd1,Deal 1,a1,ann,111');
const contract =
  'subscription_id,account_id,deal_line_id,renews_subscription_id,started_on,ended_on,renewal_due_on,monthly_net,status,product_id';

const cases: [string, Files, (files: Files) => Files][] = [
  [
    'products stand in another order',
    withBundle(company()),
    (files) => ({ ...files, product: turnedRound(files.product!) }),
  ],
  [
    'a product has a price now, and a line another amount',
    { ...company(), list_price: list('p1,200,USD,') },
    (files) => line1({ ...files, list_price: list('p1,200,USD,', 'p3,300,USD,') }),
  ],
  [
    'a stage means won now, and a deal has another amount',
    {
      ...company(),
      deal: company().deal!.replaceAll(',true,true,USD', ',,,USD').replace('ann,102,S1', 'ann,102,S2'),
      deal_stage: stages(false),
    },
    (files) => deal1({ ...files, deal_stage: stages(true) }),
  ],
  [
    'a contract without a customer was sold by another amount on another day',
    {
      ...company(),
      subscription: written(contract, [
        's1,,l1,,2026-02-12,2027-02-12,2027-02-12,,active,p1',
        's2,a2,l2,,2025-02-12,2026-02-12,2026-02-12,10,active,p2',
        's3,,l3,s2,2026-02-12,2027-02-12,2027-02-12,12,active,p3',
      ]),
    },
    (files) => line1(edited(files, 'deal', 'ann,101,S1,2026-02-12', 'ann,101,S1,2026-02-13')),
  ],
  [
    'a deal without a customer has one now, and a line lies on another deal',
    edited(edited(company(), 'deal', 'd4,Deal 4,a4', 'd4,Deal 4,'), 'deal', 'd5,Deal 5,a5', 'd5,Deal 5,'),
    (files) => edited(edited(files, 'deal', 'd4,Deal 4,', 'd4,Deal 4,a9'), 'deal_line', 'l7,d7', 'l7,d8'),
  ],
];

it.each(cases)('is as one that makes everything anew where %s', async (name, before, correct) => {
  const place = join(folder, name.replaceAll(/\W/g, '-'));
  mkdirSync(place);
  const write = (files: Files) => {
    for (const [table, text] of Object.entries(files))
      writeFileSync(join(place, `${table}_2026-08-03.csv`), text);
  };
  const out = `${place}.duckdb`;
  write(before);
  await load([place], out);
  write(correct(before));
  await load([place], out);
  const gone = await fingerprints(out);
  expect(gone).toEqual(await madeAnew(out));
});
