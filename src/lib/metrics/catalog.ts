import type { Dimension, FactId, Measure } from './definition.ts';
import { dimensions } from './dimensions.ts';
import { facts } from './facts.ts';
import { formulaOf } from './formula.ts';
import { measures } from './measures.ts';

export interface MetricDescription {
  id: string;
  kind: 'measure' | 'dimension';
  label: string;
  definition: string;
  formula: string | null;
  format: string | null;
  fact: string | null;
}

const factsOf = (sql: Partial<Record<FactId, string>>) =>
  (Object.keys(sql) as FactId[]).map((fact) => facts[fact].table).join(', ');

const describeMeasure = ({ id, label, definition, sql, format }: Measure): MetricDescription => ({
  id,
  kind: 'measure',
  label,
  definition,
  formula: Object.values(sql).map(formulaOf)[0] ?? null,
  format,
  fact: factsOf(sql),
});

const describeDimension = ({ id, label, definition, sql, type }: Dimension): MetricDescription => ({
  id,
  kind: 'dimension',
  label,
  definition,
  formula: Object.values(sql)[0] ?? null,
  format: type,
  fact: factsOf(sql),
});

/** The whole dictionary: what the API lists, the page shows and the build keeps in `meta.metric`. */
export function describeMetrics(): MetricDescription[] {
  return [...measures.map(describeMeasure), ...dimensions.map(describeDimension)];
}
