import { canonicalTables } from '../schema/canonical.ts';
import type { Source } from './source.ts';

/** Every canonical table is an export of its own: a CSV with the template's column names. */
export const templates: Source[] = canonicalTables.map((table) => ({
  name: `Holdfast ${table.name}`,
  needs: table.columns.filter((column) => column.required).map((column) => column.name),
  expects: table.columns.map((column) => column.name),
  feeds: [
    {
      table: table.name,
      columns: Object.fromEntries(table.columns.map((column) => [column.name, [column.name]])),
    },
  ],
}));
