import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

const SIZE = 1 << 18;
const PIECE = 1 << 13;

/** One CSV file, written in large pieces as its rows come, so that memory stays small at any size. */
export class CsvFile {
  readonly path: string;
  rows = 0;
  private readonly handle: number;
  // Rows are joined as text into short pieces, and those as bytes into long ones: text that lives long,
  // and bytes written row by row, both cost more than the rows themselves.
  private readonly bytes = Buffer.allocUnsafe(SIZE + 4 * PIECE);
  private filled = 0;
  private pending: string;

  constructor(folder: string, path: string, header: string) {
    const full = join(folder, path);
    mkdirSync(dirname(full), { recursive: true });
    this.path = path;
    this.handle = openSync(full, 'w');
    this.pending = header + '\n';
  }

  /** A row as text that is already quoted where needed, without the line end. */
  line(text: string): void {
    this.pending += text + '\n';
    this.rows++;
    if (this.pending.length > PIECE) this.settle();
  }

  /** A row of cells, quoted where needed. */
  row(...cells: (string | number | boolean)[]): void {
    this.line(cells.map((cell) => (typeof cell === 'string' ? quoted(cell) : String(cell))).join(','));
  }

  close(): void {
    this.settle();
    this.flush();
    closeSync(this.handle);
  }

  private settle(): void {
    if (this.filled + this.pending.length * 3 > this.bytes.length) this.flush();
    if (this.pending.length * 3 > this.bytes.length)
      throw new Error(`A row of ${this.path} is too long to write.`);
    this.filled += this.bytes.write(this.pending, this.filled);
    this.pending = '';
  }

  private flush(): void {
    for (let at = 0; at < this.filled;) at += writeSync(this.handle, this.bytes, at, this.filled - at);
    this.filled = 0;
  }
}

const SPECIAL = /[",\r\n]/;

/** A cell as RFC 4180 writes it. */
export function quoted(text: string): string {
  return SPECIAL.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The files of one demo folder, named with the export's date and closed together. */
export class ExportFolder {
  private readonly files: CsvFile[] = [];
  private readonly to: string;
  private readonly date: string;

  constructor(to: string, date: string) {
    this.to = to;
    this.date = date;
  }

  /** `salesforce/Account` becomes `salesforce/Account_2026-11-16.csv`. Columns are divided by spaces. */
  open(name: string, columns: string): CsvFile {
    const file = new CsvFile(this.to, `${name}_${this.date}.csv`, columns.trim().split(/\s+/).join(','));
    this.files.push(file);
    return file;
  }

  close(): { path: string; rows: number }[] {
    for (const file of this.files) file.close();
    return this.files.map((file) => ({ path: file.path, rows: file.rows }));
  }
}
