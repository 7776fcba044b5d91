import { numberText, unescaped } from './cellText.ts';
import type { CellFormat } from './numberFormat.ts';
import type { SheetPart, Workbook } from './workbook.ts';
import { parseStream } from './xml.ts';

export interface SheetRow {
  /** Row of the sheet, 1-based. */
  line: number;
  /** Cells from column A on, up to the last one filled; '' where nothing is. */
  cells: string[];
}

/** What a person should know about a sheet's cells, counted while it is read. */
export interface SheetNotes {
  hiddenRows: number;
  /** Cells with a formula's error in them, the first one's place. */
  errors: { count: number; first: string };
  /** Formulas whose result the file doesn't hold. */
  unsaved: { count: number; first: string };
  /** Cells merged over several rows, e.g. A2:A5. */
  merged: string[];
}

const PLAIN: CellFormat = { kind: 'plain' };

/** 0 for A, 25 for Z, 26 for AA; null where the place names no column. */
export function columnOf(place: string): number | null {
  let column = 0;
  let at = 0;
  for (; at < place.length; at++) {
    const letter = (place.charCodeAt(at) & ~32) - 64;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  return at === 0 || at > 3 ? null : column - 1;
}

/** Puts one sheet's cells together into rows. */
class RowReader {
  readonly notes: SheetNotes;
  private rows: SheetRow[] = [];
  private row: SheetRow = { line: 0, cells: [] };
  private column = -1;
  private place = '';
  private type = '';
  private format: CellFormat = PLAIN;
  private value: string[] = [];
  private hasFormula = false;
  private hasValue = false;
  private collects = false;
  private inReading = false;
  private readonly workbook: Workbook;
  private readonly strings: string[];

  constructor(workbook: Workbook, strings: string[], notes: SheetNotes) {
    this.workbook = workbook;
    this.strings = strings;
    this.notes = notes;
  }

  taken = (): SheetRow[] => {
    const { rows } = this;
    this.rows = [];
    return rows;
  };

  open = (name: string, attribute: (name: string) => string | undefined): void => {
    if (name === 'c') this.openCell(attribute);
    else if (name === 'v' || (name === 't' && !this.inReading)) this.collects = this.hasValue = true;
    else if (name === 'f') this.hasFormula = true;
    else if (name === 'rPh') this.inReading = true;
    else if (name === 'row') {
      const line = Number(attribute('r'));
      this.row = { line: line > 0 ? line : this.row.line + 1, cells: [] };
      this.column = -1;
      if (/^(1|true)$/.test(attribute('hidden') ?? '')) this.notes.hiddenRows++;
    } else if (name === 'mergeCell') this.merge(attribute('ref') ?? '');
  };

  close = (name: string): void => {
    if (name === 'v' || name === 't') this.collects = false;
    else if (name === 'rPh') this.inReading = false;
    else if (name === 'c') this.closeCell();
    else if (name === 'row') this.rows.push(this.row);
  };

  text = (piece: string): void => {
    if (this.collects) this.value.push(piece);
  };

  private openCell(attribute: (name: string) => string | undefined): void {
    this.place = attribute('r') ?? '';
    this.column = columnOf(this.place) ?? this.column + 1;
    this.type = attribute('t') ?? 'n';
    this.format = this.workbook.formats[Number(attribute('s') ?? 0)] ?? PLAIN;
    this.value = [];
    this.hasFormula = this.hasValue = false;
  }

  private closeCell(): void {
    if (!this.hasValue && this.hasFormula) this.note(this.notes.unsaved);
    const text = this.cellText(this.value.length === 1 ? (this.value[0] ?? '') : this.value.join(''));
    if (text === '') return;
    const { cells } = this.row;
    while (cells.length < this.column) cells.push('');
    cells[this.column] = text;
  }

  private cellText(value: string): string {
    switch (this.type) {
      case 's':
        return this.strings[Number(value)] ?? '';
      case 'str':
      case 'inlineStr':
        return unescaped(value);
      case 'b':
        return value === '1' || value === 'true' ? 'TRUE' : value === '' ? '' : 'FALSE';
      case 'e':
        // #N/A is how a workbook says that there is nothing.
        if (value !== '#N/A') this.note(this.notes.errors);
        return value;
      case 'd':
        return value.replace(/T00:00:00(?:\.0+)?Z?$/, '').replace('T', ' ');
      default:
        return value === '' ? '' : numberText(value, this.format, this.workbook.is1904);
    }
  }

  private note(what: { count: number; first: string }): void {
    if (what.count++ === 0) what.first = this.place || `row ${this.row.line}`;
  }

  private merge(ref: string): void {
    const [from = '', to = ''] = ref.split(':').map((place) => place.replace(/\D+/, ''));
    if (to !== '' && from !== to) this.notes.merged.push(ref);
  }
}

/** A sheet's rows in their order, as they are read, blank ones too where the file has them. */
export function sheetRows(
  workbook: Workbook,
  strings: string[],
  notes: SheetNotes,
  { member }: SheetPart,
): AsyncGenerator<SheetRow[]> {
  const reader = new RowReader(workbook, strings, notes);
  const rows = async function* () {
    yield* parseStream(await workbook.archive.stream(member), reader, reader.taken);
  };
  return rows();
}
