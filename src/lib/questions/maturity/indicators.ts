import { unowned, type Scope } from '../../access/scope.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import type { Place } from './place.ts';

/** What an indicator asks at one level, what there is, and which of the two it comes to. */
export interface IndicatorState {
  indicator_id: string;
  domain: string;
  label: string;
  statement: string;
  source: string;
  who: string;
  level: number;
  kind: 'assessed' | 'computed';
  figure: string | null;
  words: string;
  value: number | null;
  low: number | null;
  high: number | null;
  bar: 'at least' | 'more than' | 'at most';
  threshold: number;
  compared: 'figure' | 'lower bound' | 'upper bound';
  /** Cases behind a computed figure; answers behind an assessed one. */
  n: number | null;
  coverage: number | null;
  state: 'met' | 'not met' | 'unknown';
  reason: string | null;
  evidence: string | null;
  /** What has to be loaded for the figure. */
  needs: string;
}

/** Every indicator at every level it gates, for a place in a quarter, in the order of the model. */
export function indicatorsOf(
  warehouse: Warehouse,
  quarter: string,
  place: Place,
  scope: Scope,
): Promise<IndicatorState[]> {
  const seen = unowned(scope);
  return warehouse.remember(`maturity indicators ${JSON.stringify([quarter, place, scope])}`, () =>
    warehouse.rows<IndicatorState>(
      `select fact.indicator_id, fact.domain, indicator.label, indicator.statement, indicator.source, indicator.who,
         fact.level, fact.kind, fact.figure, fact.words, value, low, high, fact.bar, fact.threshold, fact.compared,
         n, coverage, state, reason, fact.evidence,
         coalesce((select any_value(needs) from meta.maturity_gate gate where gate.indicator_id = fact.indicator_id), '')
           as needs
       from marts.fact_indicator fact
       join meta.maturity_indicator indicator using (indicator_id)
       where fiscal_quarter = $quarter and scope_kind = $kind and scope = $name and ${seen.test}
       order by indicator.position, fact.level`,
      { quarter, kind: place.kind, name: place.name, ...seen.parameters },
    ),
  );
}

/**
 * What keeps a domain from its next level, nearest first: the lowest level that is not reached comes first, in it what
 * is missed by least, and what is unknown after what is known to fall short.
 */
export function holdingBack(states: readonly IndicatorState[]): IndicatorState[] {
  const distance = ({ value, threshold, kind }: IndicatorState) =>
    value === null
      ? Infinity
      : Math.abs(value - threshold) / (kind === 'assessed' ? 3 : Math.max(threshold, 0.01));
  const order = { 'not met': 0, unknown: 1, met: 2 };
  return states
    .filter(({ state }) => state !== 'met')
    .toSorted((a, b) => a.level - b.level || order[a.state] - order[b.state] || distance(a) - distance(b));
}
