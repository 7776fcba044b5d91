import type { Asking } from '../../asking/asking.ts';
import { dimensionById, type Filter } from '../../metrics/request.ts';

/** Which deals are counted says nothing of what was given back. */
export const ofConcessions = ({ filters }: Asking): Filter[] =>
  filters.filter(({ dimension }) => !dimensionById.get(dimension)?.decidesPopulation);

/** What filters are of, each once. */
export const sliceOf = (filters: readonly Filter[]): string[] => [
  ...new Set(filters.map(({ dimension }) => dimension)),
];

/** Rows that say something of a dimension. */
export const isTold = (dimension: string): Filter => ({ dimension, not: true, kind: 'one of', values: [''] });

const nameOf = (dimension: string) =>
  dimensionById.get(dimension)!.label.toLowerCase().replace(' (id)', '').replace('reports to', 'manager');

/** "region and segment" */
export const namesOf = (slice: readonly string[]): string => slice.map(nameOf).join(' and ');
