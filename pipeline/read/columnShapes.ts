import { cellKind, isTyped, type CellKind } from './cellKind.ts';
import type { RawRecord } from './records.ts';

/** What the cells of one column look like in the records that were read without doubt. */
export interface ColumnShape {
  kinds: Set<CellKind | 'text'>;
  /** Whether cells of this column begin with a blank. */
  leadingBlank: boolean;
}

/** A kind of cell rarer than this in its column says nothing about what belongs there. */
const RARE = 0.02;

const shapeOf = (text: string): CellKind | 'text' => {
  const kind = cellKind(text.trim());
  return isTyped(kind) || kind === 'empty' ? kind : 'text';
};

/** Shapes of the columns of a table from its first records; empty where there are too few to tell. */
export function columnShapes(records: RawRecord[], width: number): ColumnShape[] {
  const sure = records.filter(({ fields, state }) => state === 'whole' && fields.length === width);
  if (sure.length < 3) return [];
  return Array.from({ length: width }, (_, column) => {
    const counts = new Map<CellKind | 'text', number>();
    let leadingBlank = false;
    for (const { fields } of sure) {
      const text = fields[column] ?? '';
      const kind = shapeOf(text);
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      leadingBlank ||= /^[ \t]\S/.test(text);
    }
    const usual = [...counts].filter(([, count]) => count >= sure.length * RARE);
    return { kinds: new Set(usual.map(([kind]) => kind)), leadingBlank };
  });
}

/** Whether a column holds numbers, dates, times or links only: one that shows when a record is shifted. */
const isTelling = ({ kinds }: ColumnShape) =>
  !kinds.has('text') && [...kinds].some((kind) => kind !== 'empty');

export const tellingColumns = (shapes: ColumnShape[]): number => shapes.filter(isTelling).length;

/** Whether every cell looks like the others of its column. */
export function fitsShapes(fields: string[], shapes: ColumnShape[]): boolean {
  return (
    fields.length === shapes.length &&
    fields.every((text, column) => shapes[column]?.kinds.has(shapeOf(text)))
  );
}

/** Whether the cells of the telling columns look like the others of theirs, or are empty. */
export function fitsTelling(fields: string[], shapes: ColumnShape[]): boolean {
  if (fields.length !== shapes.length) return false;
  return shapes.every((shape, column) => {
    const kind = shapeOf(fields[column] ?? '');
    return !isTelling(shape) || kind === 'empty' || shape.kinds.has(kind);
  });
}
