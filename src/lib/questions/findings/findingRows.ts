import type { Asking } from '../../asking/asking.ts';
import { Bindings, condition, scopeCondition } from '../../metrics/conditions.ts';
import type { Scope } from '../../metrics/request.ts';
import type { Parameters } from '../../warehouse/warehouse.ts';
import { asFarAs } from '../ownership/fitting.ts';

/** The findings that are asked for and that the reader sees, as a condition with what it binds. */
export interface FindingRows {
  test: string;
  parameters: Parameters;
  /** Labels of the filters that findings have no column for. */
  ignored: string[];
}

/**
 * What is to be acted on now does not depend on a period: an asking's filters count, as far as findings know of them.
 */
export function findingRows(asking: Asking, scope: Scope): FindingRows {
  const { asking: known, ignored } = asFarAs(asking, 'finding');
  const bind = new Bindings();
  const tests = [
    ...known.filters.map((filter) => condition(filter, 'finding', asking.hierarchy, bind)),
    scopeCondition(scope, 'finding', bind),
  ];
  return { test: tests.join(' and '), parameters: bind.values, ignored };
}
