import type { Dimension, FactId } from '../definition.ts';

/** The same column on each of these facts. */
export const column = (name: string, facts: readonly FactId[]) =>
  Object.fromEntries(facts.map((fact) => [fact, name]));

/** A dimension of text that is the same column on each of these facts. */
export function text(id: string, label: string, definition: string, facts: readonly FactId[]): Dimension {
  return { id, label, definition, type: 'text', sql: column(id, facts) };
}

/** What is known of the whole deal, told of its lines. */
export const ofDeal = (name: string, table: string) =>
  `(select any_value(${name}) from (select deal_id as of_deal, ${name} from ${table}) where of_deal = deal_id)`;

/** A name that the deal has and its forecasts, which are many a deal, do without. */
export const withNames = (dimension: Dimension): Dimension => ({
  ...dimension,
  sql: { ...dimension.sql, forecast_deal: ofDeal(dimension.id, 'marts.fact_deal') },
});
