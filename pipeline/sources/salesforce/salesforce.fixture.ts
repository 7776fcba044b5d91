import type { RawOf } from '../../load/rawOf.fixture.ts';

/** Rows of a raw table, in the order of their lines, with the columns asked for. */
export const rows = (raw: RawOf, table: string, columns: string) =>
  raw.rows(`select ${columns} from raw.${table}_row order by source_file_id, source_line`);

/** A file of these lines. */
export const lines = (...text: string[]) => `${text.join('\n')}\n`;
