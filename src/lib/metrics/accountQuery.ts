import { accountSpans } from './accountSpans.ts';
import { type Bindings, condition, scopeCondition, sqlOf, within } from './conditions.ts';
import { facts } from './facts.ts';
import { fill } from './populations.ts';
import { dimensionById, measureById, type Request, type Scope } from './request.ts';
import type { Span } from './span.ts';

const fact = 'account_month';

/** Whether a dimension says when: customers are taken together within each of its values. */
const isTime = (id: string) => id.startsWith('fiscal_');

/**
 * SQL of measures over customers' months in one span: a row a group and one for the total, with the columns key0…,
 * is_total and, where there is a comparison, is_before. Customers are taken together first, within each time asked
 * for; for the total over the whole span, since a year does not begin as often as its quarters do. When comes from
 * the months, everything else from the customer as of the span's start.
 */
export function accountQueries(
  ids: string[],
  request: Request,
  span: Span | null,
  isBefore: boolean | null,
  scope: Scope,
  bind: Bindings,
): string[] {
  const column = (id: string) => sqlOf(dimensionById.get(id)!, fact, request.hierarchy)!;
  const tests = (timed: boolean) =>
    request.filters
      .filter(({ dimension }) => isTime(dimension) === timed)
      .map((filter) => condition(filter, fact, request.hierarchy, bind));
  const told = [...request.by, ...request.filters.map(({ dimension }) => dimension), 'rep_id'];
  const months = {
    attributes: [...new Set(told.filter((id) => !isTime(id)).map(column))],
    tests: [...(span ? [within(span, facts[fact].date, bind)] : []), ...tests(true)],
  };
  const customers = [...tests(false), scopeCondition(scope, fact, bind)].join(' and ');
  const names = request.by.map((_, index) => `key${index}`);
  const always = [...(isBefore === null ? [] : [`${isBefore} as is_before`])];
  const values = request.measures.map((id) => {
    const template = ids.includes(id) ? measureById.get(id)!.sql[fact]! : null;
    return `${template === null ? 'null' : fill(template, fact, request.rates, false, 'true')} as "${id}"`;
  });
  const total = `select ${[...names.map((name) => `null as ${name}`), 'true as is_total', ...always, ...values].join(', ')}
    from ${accountSpans({ ...months, times: [] })} where ${customers}`;
  if (names.length === 0) return [total];
  const keys = request.by.map((id, index) => `${column(id)} as key${index}`);
  const groups = `select ${[...names, 'false as is_total', ...always, ...values].join(', ')}
    from (select *, ${keys.join(', ')} from ${accountSpans({ ...months, times: request.by.filter(isTime).map(column) })}
      where ${customers})
    group by ${names.join(', ')}`;
  return [total, groups];
}
