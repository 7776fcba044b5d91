import type { FactId } from './definition.ts';
import { amountColumn } from './facts.ts';
import type { Request } from './request.ts';

const populations: Record<string, string> = {
  won: 'is_won',
  closed: 'is_closed',
  open: 'not is_closed',
  all: 'true',
};

const marker = /\{(won|closed|open|all)(?: and ([^}]+))?\}/g;

/** The tests that a marker stands for. A filter that says which deals are counted lifts all but the closed, which rates need. */
const testsOf = (population: string, also: string | undefined, lifted: boolean) =>
  [lifted && population !== 'closed' ? 'true' : populations[population]!, also ?? 'true'].filter(
    (test) => test !== 'true',
  );

/**
 * The rows that a measure's template counts, where it counts the same throughout; else ''. Of rows that are `summed`
 * before they are counted only the population is asked: a test of an amount is of the sum, not of what is summed.
 */
export function populationOf(template: string, lifted: boolean, summed = false): string {
  const markers = [...template.matchAll(marker)];
  const same = (tests: string[][]) => {
    const [only, another] = new Set(tests.map((each) => each.join(' and ')));
    return another === undefined ? only : undefined;
  };
  const alike = (also: boolean) =>
    same(markers.map(([, population, test]) => testsOf(population!, also ? test : undefined, lifted)));
  return (summed ? undefined : alike(true)) ?? alike(false) ?? '';
}

/**
 * Fills a measure's template: which rows, and which columns in the chosen rate set. Rows are `selected` already, since
 * a filter at each sum costs several times what it costs to read fewer rows.
 */
export function fill(
  template: string,
  fact: FactId,
  rates: Request['rates'],
  lifted: boolean,
  selected: string,
): string {
  return template
    .replace(marker, (_, population: string, also?: string) => {
      const tests = testsOf(population, also, lifted);
      if (tests.join(' and ') === selected) return '';
      const left = tests.filter((test) => test !== selected);
      return left.length > 0 ? `filter (where ${left.join(' and ')})` : '';
    })
    .replace(
      /\{(discount|list|net|uplift|cost|given|price_credit|other_credit|cash_amount)\}/g,
      (_, name: string) =>
        amountColumn(
          fact,
          { list: 'list_amount', net: 'net_amount', cost: 'cost_amount' }[name] ?? name,
          rates,
        ),
    );
}
