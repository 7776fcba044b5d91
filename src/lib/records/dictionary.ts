import { repSeen, type Scope } from '../access/scope.ts';
import { answer, type AnswerRow } from '../metrics/answer.ts';
import { describeMetrics, type MetricDescription } from '../metrics/catalog.ts';
import { dimensionById, measureById, plainRequest } from '../metrics/request.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { isOfEarlierVersion } from './refusal.ts';

export interface Entry extends MetricDescription {
  /** Which way is better, in words; null where neither is. */
  direction: string | null;
  source: string | null;
  /** For a dimension: share of the deals, won or not, for which it is known; 0 to 1. */
  coverage: number | null;
  /** For a measure: what it comes to over all there is; null where it is not known. */
  value: number | null;
  unit: string | null;
}

const directions = { up: 'higher is better', down: 'lower is better', none: null };

/** Every measure and dimension, with what it comes to in this build; those that fit `wanted`, if it is given. */
export async function dictionary(warehouse: Warehouse, wanted: string, scope: Scope): Promise<Entry[]> {
  const [values, known] = await Promise.all([valuesOf(warehouse, scope), knownOf(warehouse, scope)]);
  const words = wanted.trim().toLowerCase();
  return describeMetrics()
    .filter(({ id, label, definition }) =>
      [id, label, definition].some((text) => text.toLowerCase().includes(words)),
    )
    .map((metric) => {
      const measure = metric.kind === 'measure' ? measureById.get(metric.id) : undefined;
      return {
        ...metric,
        direction: measure ? directions[measure.direction] : null,
        source: measure?.source ?? null,
        coverage: known.get(metric.id) ?? null,
        value: values.get(metric.id) ?? null,
        unit: metric.format === 'money' ? warehouse.build.currency : null,
      };
    });
}

/** What each measure comes to over all there is; where the build is without some of the facts, one at a time. */
async function valuesOf(warehouse: Warehouse, scope: Scope): Promise<Map<string, number | null>> {
  const ids = [...measureById.keys()];
  const together = await totalsOf(warehouse, ids, scope);
  const totals = together
    ? Object.entries(together)
    : await Promise.all(ids.map(async (id) => [id, (await totalsOf(warehouse, [id], scope))?.[id] ?? null]));
  return new Map(totals as [string, number | null][]);
}

async function totalsOf(warehouse: Warehouse, measures: string[], scope: Scope): Promise<AnswerRow | null> {
  try {
    return (await answer(warehouse, plainRequest({ measures }), scope)).totals;
  } catch (error) {
    if (isOfEarlierVersion(error)) return null;
    throw error;
  }
}

/** How many deals, or where only lines know of it how many lines, say something about each dimension. */
function knownOf(warehouse: Warehouse, scope: Scope): Promise<Map<string, number | null>> {
  const seen = repSeen(scope, 'rep_id');
  return warehouse.remember(`known dimensions ${JSON.stringify(scope)}`, async () => {
    const shares = new Map<string, number | null>();
    for (const [fact, table] of [
      ['deal_line', 'marts.fact_deal_line'],
      ['deal', 'marts.fact_deal'],
    ] as const) {
      const here = [...dimensionById.values()].filter(({ sql, filterOnly }) =>
        fact === 'deal' ? sql.deal && !filterOnly : sql.deal_line && !sql.deal,
      );
      const columns = here.map(
        ({ id, sql }) => `count(${sql[fact]})::double / nullif(count(*), 0) as "${id}"`,
      );
      const [row] = await warehouse.rows<Record<string, number | null>>(
        `select ${columns.join(', ')} from ${table} where ${seen.test}`,
        seen.parameters,
      );
      for (const { id } of here) shares.set(id, row?.[id] ?? null);
    }
    return shares;
  });
}
