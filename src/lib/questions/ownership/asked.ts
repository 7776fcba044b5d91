import { alone, requestOf, type Asking } from '../../asking/asking.ts';
import { compileFor } from '../../metrics/answer.ts';
import type { Filter, Scope } from '../../metrics/request.ts';
import type { Parameters, Warehouse } from '../../warehouse/warehouse.ts';
import { asFarAs } from './fitting.ts';

/** A query for the keys of the rows that are asked about and that the reader sees, with what it binds. */
export interface Asked {
  sql: string;
  parameters: Parameters;
  ignored: string[];
}

/** Open, won and lost alike. */
const anyDeal: Filter = { dimension: 'is_closed', not: false, kind: 'one of', values: ['true', 'false', ''] };

/** Deals whose influences are asked about (deal_id), by all filters but the period. */
export function influencesAsked(warehouse: Warehouse, asked: Asking, scope: Scope): Asked {
  const { asking, ignored } = asFarAs(alone(asked), 'influence_span');
  const request = requestOf(asking, { measures: ['deals_with_influences'], by: ['deal_id'], period: null });
  const { sql, parameters } = compileFor(warehouse, request, scope);
  return { sql: `select deal_id from (${sql}) where not is_total`, parameters, ignored };
}

/** Renewals, upsells and cross-sells asked about (deal_id, activity), of any outcome or of the period's closed ones. */
export function handlingAsked(
  warehouse: Warehouse,
  asked: Asking,
  scope: Scope,
  which: 'any' | 'closed in the period' | 'won in the period',
): Asked {
  const { asking, ignored } = asFarAs(alone(asked), 'handling');
  const outcome: Filter[] =
    which === 'any'
      ? [anyDeal]
      : [
          {
            dimension: which === 'won in the period' ? 'is_won' : 'is_closed',
            not: false,
            kind: 'one of',
            values: ['true'],
          },
        ];
  const request = requestOf(
    { ...asking, filters: [...asking.filters, ...outcome] },
    {
      measures: ['handled_deals'],
      by: ['deal_id', 'activity'],
      ...(which === 'any' ? { period: null } : {}),
    },
  );
  const { sql, parameters } = compileFor(warehouse, request, scope);
  return { sql: `select deal_id, activity from (${sql}) where not is_total`, parameters, ignored };
}
