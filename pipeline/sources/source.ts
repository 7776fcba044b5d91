/**
 * What one known export looks like and how its columns become canonical ones. A source is data: to add
 * one, copy a file of this folder and change its names.
 */
export interface Source {
  /** Shown as `recognised_as`, e.g. "Salesforce Opportunity". */
  name: string;
  /** Headers that must all be present; each may be a list of spellings. Case, blanks, `_` and `.` don't count. */
  needs: (string | string[])[];
  /** Headers that make it surer, each or a list of spellings; confidence grows with the share that is there. */
  expects: (string | string[])[];
  /** Headers that this export never has: another one that looks like it does. */
  never?: string[];
  /** Whether a header that is none of these speaks against it, for exports whose columns could be anything's. */
  only?: true;
  /** Empty for an export that is known and not needed. */
  feeds: Feed[];
  /** Why it is not needed, in a sentence for whoever exported it, and what to export in its place. */
  notNeeded?: string;
}

export interface Feed {
  table: string;
  /** A column, or a value inside one, that holds a JSON list: its items are the rows, and `item.amount` is a value of one. */
  each?: string[];
  /** Where a file holds every version of a record: what names the record, and what tells the last version. */
  newest?: { of: string[]; by: string[] };
  /** Rows to keep, as a SQL condition over `{header}` names; the others are set aside by this reason. */
  where?: { sql: string; reason: string };
  columns: Record<string, SourceColumn>;
}

/**
 * Spellings of the header in order of preference; the same for an instant that connectors write in UTC without
 * saying so; or SQL over `{header}` names (each a list of spellings
 * joined by `|`, text as in the file). A SQL column is left out when a header in it is absent, unless
 * that header is written `{header?}`, which then reads as NULL. `$time_zone` is the reporting zone and
 * `$exported_at` the instant at which the file was exported.
 */
export type SourceColumn =
  | string[]
  | { utc: string[] }
  | { sql: string }
  | { first: string[]; else: { sql: string; how: string; apart?: Apart } };

/**
 * How rows are told apart that a made-up key would take for one: by what else they show, SQL like that of a column, which
 * counts where it differs among rows of one key; or each row by itself.
 */
export type Apart = { by: string } | 'each row';

/** `Account ID`, `account_id`, `AccountId` and `Account.Id` are one header, and so are `Étape` and `Etape`. */
export function headerKey(header: string): string {
  return header
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}
