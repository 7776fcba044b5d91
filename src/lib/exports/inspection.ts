import type { Entry } from './settings.ts';

/** What `holdfast inspect --json --preview` says of a file, as far as the browser shows it. */
export interface Inspection {
  path: string;
  recognised_as: string | null;
  /** 0 to 1. */
  confidence: number;
  rows: number;
  dialect: { format: string; encoding: string; delimiter: string; compression: string } | null;
  columns: { source: string; target: string; table: string; how: string; style: string }[];
  unused: string[];
  missing: { table: string; column: string; means: string }[];
  unlocks: { table: string; unlocks: string; rows_rejected: number }[];
  oddities: string[];
  unread_reason: string | null;
  is_question: boolean;
  preview: Preview;
}

export interface Preview {
  columns: { header: string; cells: string[]; values: string[] | null }[];
  entries: Entry[];
  tables: PreviewTable[];
  proposals: { recognised_as: string | null; entries: Entry[] }[];
}

export interface PreviewTable {
  table: string;
  columns: { target: string; source: string; type: string; style: string }[];
  rows: PreviewRow[];
  rejected: PreviewRow[];
  rows_rejected: number;
  rows_set_aside: number;
}

export interface PreviewRow {
  line: number;
  cells: (string | null)[];
  problem: string | null;
  at: string | null;
  cell: string | null;
}

const nothing: Omit<Inspection, 'path'> = {
  recognised_as: null,
  confidence: 0,
  rows: 0,
  dialect: null,
  columns: [],
  unused: [],
  missing: [],
  unlocks: [],
  oddities: [],
  unread_reason: null,
  is_question: false,
  preview: { columns: [], entries: [], tables: [], proposals: [] },
};

/** An inspection from a line of JSON. Parts that are not there are empty: the command may be of another version. */
export function readInspection(line: string): Inspection {
  const said = JSON.parse(line) as Partial<Inspection> & { path: string };
  return { ...nothing, ...said, preview: { ...nothing.preview, ...said.preview } };
}

/** What is said of a file that could not even be looked at. */
export const unreadable = (path: string, unread_reason: string): Inspection => ({
  ...nothing,
  path,
  unread_reason,
});
