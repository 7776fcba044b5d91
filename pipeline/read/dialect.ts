export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
export type Newline = '\n' | '\r\n' | '\r';

/** How a record is cut into fields. `escape` is '' where nothing escapes a quote inside a quoted field. */
export interface FieldMarks {
  delimiter: string;
  quote: string;
  escape: string;
}

/** How a file's bytes spell a table. For Parquet, workbooks and JSON the text marks are empty. */
export interface Dialect extends FieldMarks {
  format: 'csv' | 'parquet' | 'json' | 'xlsx';
  encoding: Encoding;
  bom: boolean;
  compression: 'none' | 'gzip';
  newline: Newline;
  /** Physical line of the header, 1-based; 0 where the file has none. */
  header_line: number;
  /** The sheet read, in workbooks. */
  sheet?: string;
}
