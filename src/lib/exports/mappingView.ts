import { ruleOfYaml, type CellRule } from './cellRule.ts';
import type { Inspection, PreviewTable } from './inspection.ts';
import type { ModelTable } from './model.ts';
import type { Entry } from './settings.ts';

export interface MappedColumn {
  name: string;
  type: string;
  means: string;
  required: boolean;
  rule: CellRule | null;
}

/** One table that a file becomes rows of, as the form shows it. */
export interface MappedTable {
  table: string;
  where: string;
  distinct: boolean;
  columns: MappedColumn[];
  preview: PreviewTable | null;
}

/** The tables of a mapping with every column they have, and their rows as they would be loaded. */
export function mappedTables(
  entries: readonly Entry[],
  found: Inspection | null,
  model: readonly ModelTable[],
): MappedTable[] {
  return entries.flatMap((entry, place) => {
    const table = model.find((one) => one.table === entry.table);
    if (!table) return [];
    const preview = found?.preview.tables[place];
    return [
      {
        table: entry.table,
        where: entry.where ?? '',
        distinct: entry.distinct ?? false,
        columns: table.columns.map((column) => ({
          ...column,
          rule: column.name in entry.columns ? ruleOfYaml(entry.columns[column.name]) : null,
        })),
        preview: preview?.table === entry.table ? preview : null,
      },
    ];
  });
}

/** Fills a table that was just chosen from what a file like this would mostly be read as. */
export function suggested(entries: readonly Entry[], found: Inspection | null): Entry[] {
  const proposals = found?.preview.proposals.flatMap((proposal) => proposal.entries) ?? [];
  return entries.map((entry) => {
    if (Object.keys(entry.columns).length > 0) return entry;
    const like = proposals.find(({ table }) => table === entry.table);
    return like ? { ...entry, columns: like.columns } : entry;
  });
}
