import { unowned, type Scope } from '../../access/scope.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import type { Place } from './place.ts';

/** How far a domain has come in a quarter: 0 average, 1 good, 2 great, 3 elite. */
export interface DomainLevel {
  domain: string;
  fiscal_quarter: string;
  scope_kind: Place['kind'];
  scope: string;
  level_at_least: number;
  level_at_most: number;
  /** Sum over good, great and elite of the share met among known indicators, 0–3; null where none is known. */
  score: number | null;
  /** Share of conditions that are known, 0–1. */
  coverage: number;
  met: number;
  not_met: number;
  unknown: number;
}

const columns = `domain, fiscal_quarter, scope_kind, scope, level_at_least, level_at_most, score, coverage, met,
  not_met, unknown`;

/** A place's levels over the quarters, the earliest first. */
export function journeyOf(warehouse: Warehouse, place: Place, scope: Scope): Promise<DomainLevel[]> {
  const seen = unowned(scope);
  return warehouse.remember(`maturity journey ${JSON.stringify([place, scope])}`, () =>
    warehouse.rows<DomainLevel>(
      `select ${columns} from marts.fact_maturity join core.maturity_quarter using (fiscal_quarter)
       where scope_kind = $kind and scope = $name and ${seen.test} order by starts_on, domain`,
      { kind: place.kind, name: place.name, ...seen.parameters },
    ),
  );
}

/** Every region's and team's levels in a quarter; those of whom nothing is known are left out. */
export function levelsWithin(warehouse: Warehouse, quarter: string, scope: Scope): Promise<DomainLevel[]> {
  const seen = unowned(scope);
  return warehouse.remember(`maturity within ${JSON.stringify([quarter, scope])}`, () =>
    warehouse.rows<DomainLevel>(
      `select ${columns} from marts.fact_maturity
       where scope_kind <> 'company' and fiscal_quarter = $quarter and ${seen.test}
       qualify sum(met + not_met) over (partition by scope_kind, scope) > 0
       order by scope_kind, scope, domain`,
      { quarter, ...seen.parameters },
    ),
  );
}
