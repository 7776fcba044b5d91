import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

const SIZE = 1 << 18;

/** One CSV file, written in large pieces as its rows come, so that memory stays small at any size. */
export class CsvFile {
  readonly path: string;
  rows = 0;
  private readonly handle: number;
  // Bytes, not a growing string: strings that live long are what makes the garbage collector slow here.
  private readonly bytes = Buffer.allocUnsafe(SIZE);
  private filled = 0;

  constructor(folder: string, path: string, header: string) {
    const full = join(folder, path);
    mkdirSync(dirname(full), { recursive: true });
    this.path = path;
    this.handle = openSync(full, 'w');
    this.append(header);
  }

  /** A row as text that is already quoted where needed, without the line end. */
  line(text: string): void {
    this.append(text);
    this.rows++;
  }

  /** A row of cells, quoted where needed. */
  row(...cells: (string | number | boolean)[]): void {
    this.line(cells.map((cell) => (typeof cell === 'string' ? quoted(cell) : String(cell))).join(','));
  }

  close(): void {
    this.flush();
    closeSync(this.handle);
  }

  private append(text: string): void {
    if (this.filled + text.length * 3 + 1 > SIZE) this.flush();
    this.filled += this.bytes.write(text, this.filled);
    this.bytes[this.filled++] = 10;
  }

  private flush(): void {
    for (let at = 0; at < this.filled;) at += writeSync(this.handle, this.bytes, at, this.filled - at);
    this.filled = 0;
  }
}

export function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
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
