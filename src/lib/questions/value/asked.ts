import { alone, requestOf, type Asking } from '../../asking/asking.ts';
import { answer, type Answer, type AnswerRow } from '../../metrics/answer.ts';
import type { FactId } from '../../metrics/definition.ts';
import { dimensionById, type Filter, type Request, type Scope } from '../../metrics/request.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';

/** Facts that the page's figures come from: a filter has to be known of all, or some figures would be narrower. */
const facts: FactId[] = ['deal', 'deal_value', 'value_assessment', 'selling_quality'];

/** The asking as far as every figure of the page knows what it is narrowed by, and the labels of the rest. */
export function askedOfValue(asking: Asking): { asking: Asking; ignored: string[] } {
  const knows = ({ dimension }: Filter) =>
    facts.every((fact) => dimensionById.get(dimension)?.sql[fact] !== undefined);
  const search = new URLSearchParams(asking.search);
  const left = asking.filters.filter((filter) => !knows(filter));
  for (const { dimension, not } of left) search.delete(not ? `${dimension}!` : dimension);
  return {
    asking: { ...alone(asking), filters: asking.filters.filter(knows), search },
    ignored: left.map(({ dimension }) => dimensionById.get(dimension)?.label.toLowerCase() ?? dimension),
  };
}

/** A condition that a question adds to what is asked. */
export const only = (dimension: string, values: string[], not = false): Filter => ({
  ...{ dimension, not, kind: 'one of', values },
});

/** The filters of the asking with further ones; of one dimension the reader's choice stays, and both have to hold. */
export function ask(
  warehouse: Warehouse,
  asking: Asking,
  scope: Scope,
  question: Pick<Request, 'measures'> & Partial<Request>,
  further: Filter[] = [],
): Promise<Answer> {
  const narrowed = { ...asking, filters: [...asking.filters, ...further] };
  return answer(warehouse, requestOf(narrowed, question), scope);
}

export const numberIn = (row: AnswerRow, id: string): number | null =>
  typeof row[id] === 'number' ? row[id] : null;
export const textIn = (row: AnswerRow, id: string): string | null =>
  typeof row[id] === 'string' ? row[id] : null;

/** The smallest effect worth acting on, as a fraction, from the configuration that the build was made with. */
export function smallestWorthActing(warehouse: Warehouse, id: 'discount_rate' | 'win_rate'): number {
  const { minimumEffect } = JSON.parse(warehouse.build.configuration) as {
    minimumEffect: Record<string, number>;
  };
  return (minimumEffect[id] ?? 0) / 100;
}
