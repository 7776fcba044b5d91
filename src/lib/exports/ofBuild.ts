import type { Document } from 'yaml';

/** Names of settings as a build keeps them, and as `holdfast.yaml` spells them. */
const spelled: Record<string, string> = {
  currency: 'currency',
  timeZone: 'time_zone',
  fiscalYearStart: 'fiscal_year_start',
  calendar: 'calendar',
  weekStart: 'week_start',
  fiscalYearEnd: 'fiscal_year_end',
  week53: 'week_53',
  fiscalYearNamedBy: 'fiscal_year_named_by',
  dateOrder: 'date_order',
  decimalMark: 'decimal_mark',
  priceRounding: 'price_rounding',
  organisationStage: 'organisation_stage',
  holidays: 'holidays',
  approvalLimits: 'approval_limits',
  limitInclusive: 'limit_inclusive',
  minimumEffect: 'minimum_effect',
  tolerance: 'tolerance',
  costOfCapital: 'cost_of_capital',
  undatedPriceBook: 'undated_price_book',
  dealTypes: 'deal_types',
  roles: 'roles',
};

interface Mapping {
  [part: string]: unknown;
  columns: Record<string, { kind: string; column?: string; sql?: string; through?: unknown }>;
}

const isSaid = (value: unknown) =>
  value !== undefined && value !== null && !(typeof value === 'object' && Object.keys(value).length === 0);

function entryOf({ path, table, where, distinct, dateOrder, decimalMark, columns }: Mapping) {
  const written = Object.entries(columns).map(([name, { kind, column, sql, through }]) => [
    name,
    kind === 'sql' ? { sql } : kind === 'lookup' ? { column, through } : column,
  ]);
  return {
    path,
    table,
    ...(where ? { where } : {}),
    ...(distinct ? { distinct } : {}),
    ...(dateOrder ? { date_order: dateOrder } : {}),
    ...(decimalMark ? { decimal_mark: decimalMark } : {}),
    columns: Object.fromEntries(written) as Record<string, unknown>,
  };
}

/**
 * Writes the settings that a build was made with, as the build keeps them, into settings that are begun anew: what is
 * added in the browser is read as the rest was.
 */
export function settingsOfBuild(document: Document, configuration: string): void {
  const said = JSON.parse(configuration) as Record<string, unknown>;
  for (const [name, spelling] of Object.entries(spelled))
    if (isSaid(said[name])) document.set(spelling, document.createNode(said[name]));
  const files = Array.isArray(said.files) ? (said.files as Mapping[]) : [];
  if (files.length > 0) document.set('files', document.createNode(files.map(entryOf)));
}
