import { expect, it } from 'vitest';
import { entriesOfForm, lackingIn } from './mappingForm.ts';
import type { ModelTable } from './model.ts';

const column = (name: string, required = false) => ({ name, type: 'text', means: `the ${name}`, required });
const tables: ModelTable[] = [
  {
    table: 'deal',
    one_row_is: 'an opportunity',
    unlocks: '',
    columns: [column('deal_id', true), column('is_won')],
  },
];

const form = (fields: Record<string, string>) => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  return data;
};

it('reads what was chosen, and only columns that the table has', () => {
  const filled = form({
    'table.0': 'deal',
    '0.deal_id.from': ':Deal No',
    '0.deal_id.how': 'without blanks',
    '0.is_won.from': ':Stage',
    '0.is_won.how': 'yes where',
    '0.is_won.word': 'Won',
    '0.made_up.from': ':x',
    'where.0': "Stage <> 'Test'",
    date_order: 'dmy',
    'table.1': '',
  });
  expect(entriesOfForm(filled, 'deals.csv', tables)).toEqual([
    {
      path: 'deals.csv',
      table: 'deal',
      where: "Stage <> 'Test'",
      date_order: 'dmy',
      columns: {
        deal_id: { sql: `replace("Deal No", ' ', '')` },
        is_won: { sql: `"Stage" in ('Won')` },
      },
    },
  ]);
});

it('says what is still open, and refuses tables that are none', () => {
  const open = entriesOfForm(form({ 'table.0': 'deal', '0.is_won.from': '=always' }), 'a.csv', tables);
  expect(lackingIn(open, tables)).toEqual(['An opportunity needs a column for: the deal_id.']);
  expect(lackingIn([], tables)).toHaveLength(1);
  expect(() => entriesOfForm(form({ 'table.0': 'secrets' }), 'a.csv', tables)).toThrow(/no such table/);
});
