import { loadedTables } from '../../records/loaded.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import type { ForecastChoice, ForecastKind } from './choice.ts';

/** What forecasts can be told from in this build. */
export interface ForecastInputs {
  /** How deals came to where they are: snapshots or single changes. */
  history: boolean;
  submissions: boolean;
  /** Whether a history row, a deal or a change says a forecast category. */
  categories: boolean;
  probabilities: boolean;
  any: boolean;
  /** Forecasts that can be shown. */
  kinds: ForecastKind['id'][];
  /** The chosen one is among them. */
  chosen: boolean;
}

/** Which inputs of the forecast page the build has. */
export async function forecastInputs(
  warehouse: Warehouse,
  { kind }: ForecastChoice,
): Promise<ForecastInputs> {
  const tables = await loadedTables(warehouse);
  const rows = (table: string) => tables.get(table)?.rows ?? 0;
  const known = (table: string, column: string) => (tables.get(table)?.known[column] ?? 0) > 0;
  const history = rows('deal_snapshot') > 0 || rows('deal_event') > 0;
  const submissions = rows('forecast_submission') > 0;
  const categories =
    known('deal_snapshot', 'forecast_category') ||
    known('deal', 'forecast_category') ||
    rows('deal_event') > 0;
  const kinds: ForecastKind['id'][] = [
    ...(history && categories ? (['commit', 'best_case'] as const) : []),
    ...(submissions ? (['submitted'] as const) : []),
  ];
  return {
    history,
    submissions,
    categories,
    probabilities: known('deal_snapshot', 'probability') || rows('deal_event') > 0,
    any: kinds.length > 0,
    kinds,
    chosen: kinds.includes(kind.id),
  };
}
