import { alone, type Asking } from '../../asking/asking.ts';
import type { FactId } from '../../metrics/definition.ts';
import { dimensionById, type Filter } from '../../metrics/request.ts';

/** The asking as far as a fact knows what it is narrowed by, and the labels of the rest. */
export function askedOf(asking: Asking, fact: FactId): { asking: Asking; ignored: string[] } {
  const knows = ({ dimension }: Filter) => dimensionById.get(dimension)?.sql[fact] !== undefined;
  const search = new URLSearchParams(asking.search);
  const left = asking.filters.filter((filter) => !knows(filter));
  for (const { dimension, not } of left) search.delete(not ? `${dimension}!` : dimension);
  return {
    asking: { ...alone(asking), filters: asking.filters.filter(knows), search },
    ignored: left.map(({ dimension }) => dimensionById.get(dimension)?.label.toLowerCase() ?? dimension),
  };
}
