import type { Asking } from '../../asking/asking.ts';
import type { FactId } from '../../metrics/definition.ts';
import { dimensionById } from '../../metrics/request.ts';

/** An asking as far as a fact knows what it is narrowed by, and the labels of the filters that it doesn't. */
export interface Fitting {
  asking: Asking;
  ignored: string[];
}

/**
 * Leaves out filters that a fact has no column for: who owns a customer has no product and no manager. The page
 * says which, so that no figure seems narrower than it is.
 */
export function asFarAs(asking: Asking, fact: FactId): Fitting {
  const knows = (id: string) => dimensionById.get(id)?.sql[fact] !== undefined;
  const left = asking.filters.filter(({ dimension }) => !knows(dimension));
  const search = new URLSearchParams(asking.search);
  for (const { dimension, not } of left) search.delete(not ? `${dimension}!` : dimension);
  return {
    asking: { ...asking, search, filters: asking.filters.filter(({ dimension }) => knows(dimension)) },
    ignored: left.map(({ dimension }) => dimensionById.get(dimension)?.label.toLowerCase() ?? dimension),
  };
}
