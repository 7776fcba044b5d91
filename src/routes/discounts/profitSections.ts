import { alone, requestOf } from '$lib/asking/asking.ts';
import { count } from '$lib/design/formats.ts';
import { departmentDoors, expenseToBookings, requestsOfExpense } from '$lib/questions/motions/expense.ts';
import { leverage } from '$lib/questions/profit/leverage.ts';
import { explanationOf, explanationOfParts } from '$lib/records/explanation.ts';
import { absent } from '$lib/records/loaded.ts';
import * as words from '$lib/statements/profit.ts';
import { linkTo, type Asked } from './asked.ts';

/** Why a figure of the whole company is not there: it is not loaded, or less than the company is asked about. */
async function whyMissing({ warehouse, asking, scope }: Asked, table: string, what: string) {
  const notLoaded = await absent(warehouse, table, what);
  if (notLoaded) return notLoaded;
  const isSlice = asking.filters.length > 0 || scope.kind !== 'everything';
  return {
    what: isSlice
      ? `${what} are those of the whole company, and a part of it is asked about.`
      : `${what} say nothing of the time up to what is asked about.`,
    unlocks: isSlice ? 'Without the filters it can be told.' : 'A later period may be told.',
  };
}

/** What one percent of price does to operating profit. */
export async function leverageSection(asked: Asked) {
  const { warehouse, asking, scope, currency } = asked;
  const found = await leverage(warehouse, asking, scope);
  if (!found)
    return { missing: await whyMissing(asked, 'income_statement', 'Income statements'), table: null };
  return {
    missing: null,
    answer: words.leverageInWords(found, currency),
    note: words.leverageNote(found),
    table: words.leverageTable(found),
    basis: count(found.periods, 'period of the income statement', 'periods of the income statement'),
    explain: explanationOf(
      warehouse,
      'operating_profit',
      requestOf(alone(asking), {
        ...{ measures: ['operating_profit', 'revenue'], by: ['fiscal_month'], period: found.period },
      }),
      scope,
      { n: found.periods, coverage: null, one: 'period' },
    ),
  };
}

/** What selling costs with the discounts that someone decided counted to it. */
export async function loadedSection(asked: Asked) {
  const { warehouse, asking, scope, currency } = asked;
  const found = await expenseToBookings(warehouse, asking, scope);
  if (!found || found.quarters.length === 0)
    return { missing: await whyMissing(asked, 'expense', 'Expenses'), table: null };
  return {
    missing: null,
    answer: words.loadedInWords(found, currency),
    note: words.loadedNote(found),
    table: words.loadedTable(found),
    basis: count(Math.min(4, found.quarters.length), 'quarter'),
    doors: departmentDoors(found, (value) => linkTo(asked, 'expense', value)),
    explain: explanationOfParts(warehouse, requestsOfExpense(found, asking), scope, {
      ...{ n: Math.min(4, found.quarters.length), coverage: null, one: 'quarter' },
    }),
  };
}
