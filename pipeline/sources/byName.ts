import { canonicalTable } from '../schema/canonical.ts';
import { headerKey, type SourceColumn } from './source.ts';

/**
 * The columns of a feed, and with them every other column of the table under its own name: a custom field "Term Months"
 * that a company added to its CRM is term_months, whatever a report or a connector makes of its name.
 */
export function alsoByName(
  table: string,
  columns: Record<string, SourceColumn>,
  prefixes: readonly string[] = [''],
): Record<string, SourceColumn> {
  const taken = new Set(
    Object.values(columns)
      .flatMap((column) => (Array.isArray(column) ? column : []))
      .map(headerKey),
  );
  const others = (canonicalTable(table)?.columns ?? [])
    .map(({ name }) => name)
    .filter((name) => !(name in columns) && !taken.has(headerKey(name)));
  return {
    ...columns,
    ...Object.fromEntries(others.map((name) => [name, prefixes.flatMap((prefix) => `${prefix}${name}`)])),
  };
}
