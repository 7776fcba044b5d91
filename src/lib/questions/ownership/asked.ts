import { alone, type Asking } from '../../asking/asking.ts';
import { Bindings, condition, scopeCondition, within, type Parameters } from '../../metrics/conditions.ts';
import type { FactId } from '../../metrics/definition.ts';
import { facts } from '../../metrics/facts.ts';
import type { Scope } from '../../metrics/request.ts';
import { asFarAs } from './fitting.ts';

/** Rows of a fact that are asked about and that the reader sees, as SQL to select from, with what it binds. */
export interface Asked {
  sql: string;
  parameters: Parameters;
  /** Labels of filters that the fact does not know. */
  ignored: string[];
}

/**
 * The rows of a fact by the page's filters, its period and the reader's scope; `tests` are further conditions, all
 * constants of ours. Where a figure needs whole rows with settings of its own, it is asked for this way; all else
 * goes by requests to the semantic layer, whose conditions these are.
 */
export function rowsAsked(
  asked: Asking,
  fact: FactId,
  scope: Scope,
  tests: string[] = [],
  inPeriod = true,
): Asked {
  const { asking, ignored } = asFarAs(alone(asked), fact);
  const bind = new Bindings();
  const { table, date } = facts[fact];
  const all = [
    ...asking.filters.map((filter) => condition(filter, fact, asking.hierarchy, bind)),
    scopeCondition(scope, fact, bind),
    ...(inPeriod && asking.span ? [within(asking.span, date, bind)] : []),
    ...tests,
  ].filter((test) => test !== 'true');
  const where = all.length > 0 ? ` where ${all.join(' and ')}` : '';
  return { sql: `(select * from ${table}${where})`, parameters: bind.values, ignored };
}
