/** One step through another file of the same folder: find `key` there, take `value`. */
export interface LookupStep {
  file: string;
  key: string;
  value: string;
}

/** How a canonical column is filled: a column of the file, a SQL expression, or a look-up in other files. */
export type ColumnMapping =
  | { kind: 'column'; column: string }
  | { kind: 'sql'; sql: string }
  | { kind: 'lookup'; column: string; through: LookupStep[] };
