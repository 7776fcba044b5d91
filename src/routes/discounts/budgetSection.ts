import { alone, dealsHref, downloadDoors } from '$lib/asking/asking.ts';
import { BadRequest } from '$lib/metrics/badRequest.ts';
import { budget, hasBudget, type BudgetRow } from '$lib/questions/budget.ts';
import { basisOf } from '$lib/statements/basis.ts';
import { budgetInWords, budgetTable } from '$lib/statements/budget.ts';
import { leftOutInWords } from '$lib/statements/discounts.ts';
import { explained, linkTo, type Asked } from './asked.ts';

const ways = ['region', 'quarter'] as const;

/** Why spend is not set against a budget: there is none, none for what is asked, or nothing to set against it. */
function whyMissing(isGiven: boolean, isFound: boolean) {
  if (isFound)
    return {
      what: 'No list price is known for these deals.',
      unlocks: 'With list prices, what discounts took of the budget can be told.',
    };
  return isGiven
    ? {
        what: 'No budget is given for what is asked.',
        unlocks:
          'Budgets are of whole quarters, for regions or the company: quarter by quarter they can be seen.',
      }
    : {
        what: 'No discount budget is loaded.',
        unlocks:
          'What discounts may cost by quarter and region (discount_budget) stands beside what they did.',
      };
}

/** Spend against budget, by region over the period or quarter by quarter. */
export async function budgetSection(asked: Asked) {
  const { warehouse, asking, scope, currency, search } = asked;
  const named = search.get('budget') ?? 'region';
  const by = ways.find((way) => way === named);
  if (!by) throw new BadRequest('budget', `"${named}" is not one of the choices.`, [...ways]);
  const [found, totals] = await Promise.all([budget(warehouse, asking, by, scope), asked.totals]);
  const doors = (await hasBudget(warehouse))
    ? ways.map((way) => ({
        ...{ label: way, current: way === by },
        href: linkTo(asked, 'budget', way === 'region' ? null : way),
      }))
    : [];
  if (!found || totals.list === null)
    return {
      ...{ doors, table: null, missing: whyMissing(doors.length > 0, found !== null) },
      ...{ answer: undefined, basis: undefined, explain: undefined, downloads: undefined },
    };
  const hrefOf = ({ id }: BudgetRow) =>
    by === 'region' ? dealsHref(asking, { region: id }) : dealsHref(asking, { period: id });
  return {
    ...{ doors, missing: null },
    answer: budgetInWords(found, currency, leftOutInWords(totals)),
    basis: basisOf(found),
    table: budgetTable(found, hrefOf),
    explain: explained(asked, 'discount_budget', ['discount_budget'], found),
    downloads: downloadDoors(
      { ...alone(asking), period: by === 'quarter' ? null : asking.period },
      { measures: ['discount_budget', 'discount'], by: ['fiscal_quarter', 'region'] },
    ),
  };
}
