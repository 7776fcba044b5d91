// The pollutions of a table that the Pollock benchmark tries on readers, made anew from its description: Vitagliano,
// Hameed, Jiang, Reisener, Wu and Naumann, "Pollock: A Data Loading Benchmark", PVLDB 16 (2023), table 2.

/** One cell of a clean table, and whether it is written in quotes. */
export interface Cell {
  text: string;
  quoted: boolean;
}

/** A polluted file and the table a reader should find in it, its header first. */
export interface Polluted {
  name: string;
  kind: string;
  content: string;
  clean: string[][];
}

const QUOTE = '"';

const written = ({ text, quoted }: Cell) =>
  quoted ? QUOTE + text.replaceAll(QUOTE, QUOTE + QUOTE) + QUOTE : text;

const textsOf = (rows: Cell[][]) => rows.map((row) => row.map(({ text }) => text));

/** Reads a well-formed CSV into cells that know whether they were quoted. */
export function cellsOf(csv: string): Cell[][] {
  const lines = csv.trimEnd().split(/\r\n|\n/);
  return lines.map((line) => {
    const cells: Cell[] = [];
    for (const match of line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)) {
      const [, quoted, bare] = match;
      cells.push({ text: quoted?.replaceAll('""', '"') ?? bare ?? '', quoted: quoted !== undefined });
    }
    return cells;
  });
}

/** The file with one row written otherwise. */
function withRow(rows: Cell[][], row: number, line: string): string {
  return rows.map((cells, index) => `${index === row ? line : cells.map(written).join(',')}\r\n`).join('');
}

/** One delimiter more, in front of a column. */
function moreSeparators(rows: Cell[][], row: number, column: number): Polluted {
  const cells = rows[row]!.map(written);
  const line = cells.toSpliced(column, 0, '').join(',');
  const name = `row_more_sep_row${row}_col${column}`;
  return { name, kind: 'row_more_sep', content: withRow(rows, row, line), clean: textsOf(rows) };
}

/** The delimiter in front of a column left out. */
function lessSeparators(rows: Cell[][], row: number, column: number): Polluted {
  const cells = rows[row]!.map(written);
  const line = cells.toSpliced(column - 1, 2, cells[column - 1]! + cells[column]!).join(',');
  const name = `row_less_sep_row${row}_col${column}`;
  return { name, kind: 'row_less_sep', content: withRow(rows, row, line), clean: textsOf(rows) };
}

/** A quote that nothing escapes or closes, at the beginning of a cell's text. */
function extraQuote(rows: Cell[][], row: number, column: number): Polluted {
  const cells = rows[row]!.map((cell, index) => {
    if (index !== column) return written(cell);
    return cell.quoted ? QUOTE + written(cell) : QUOTE + cell.text;
  });
  const clean = textsOf(rows);
  clean[row]![column] = QUOTE + clean[row]![column]!;
  const name = `row_extra_quote${row}_col${column}`;
  return { name, kind: 'row_extra_quote', content: withRow(rows, row, cells.join(',')), clean };
}

/** One row cut by another delimiter than the rest. */
function otherDelimiter(rows: Cell[][], row: number): Polluted {
  const line = rows[row]!.map(written).join(' ');
  const name = `row_field_delimiter_${row}_0x20`;
  return { name, kind: 'row_field_delimiter', content: withRow(rows, row, line), clean: textsOf(rows) };
}

/** Every file the benchmark makes by spoiling one row: each row, and each column of it. */
export function* pollutedRows(rows: Cell[][]): Generator<Polluted> {
  const width = rows[0]?.length ?? 0;
  for (let row = 0; row < rows.length; row++) {
    for (let column = 0; column < width; column++) {
      yield moreSeparators(rows, row, column);
      if (column > 0) yield lessSeparators(rows, row, column);
      yield extraQuote(rows, row, column);
    }
    yield otherDelimiter(rows, row);
  }
}

/** A table of our own with what makes tables hard to cut: commas, quotes, inches, apostrophes, blanks. */
export const OWN_TABLE = cellsOf(
  [
    'Closed,Opened at,Seats,Quote no,List,Product,"What it does","Link",Remarks',
    ...Array.from({ length: 40 }, (_, n) => {
      const product = [
        'Team plan',
        '"Wall display, 24"""',
        "Sales' workbench",
        '"Adapter 5"" to 3"", set of two"',
        'Meter 2.0',
      ][n % 5];
      const does = [
        'Puts one view on the wall, and keeps it there.',
        'For people who sell; it says ""no"" when it must.',
        "What the manager's manager asks for, in one place.",
        'Reads 3 formats, writes 2, loses none.',
      ][n % 4];
      const pad = (value: number) => String(value).padStart(2, '0');
      const day = `${pad((n % 28) + 1)}/${pad((n % 12) + 1)}/2025`;
      const time = `${pad(8 + (n % 11))}:${n % 2 ? '30' : '45'}`;
      const price = `€${(n * 37.5 + 12).toFixed(2)}`;
      const code = `${'KQWTZ'[n % 5]}${'BMXS'[n % 4]}-${4000 + ((n * 137) % 5000)}`;
      return `${day},${time},${(n * 7) % 30},${code},${price},${product},"${does}","https://shop.example.org/${n}/${code}",`;
    }),
  ].join('\n'),
);
