import { cellKind, isTyped, type CellKind } from './cellKind.ts';
import type { RawRecord } from './records.ts';

/** What the cells of one column look like in the records that were read without doubt. */
export interface ColumnShape {
  kinds: Set<CellKind | 'text'>;
  /** Whether cells of this column begin with a blank. */
  leadingBlank: boolean;
  /** Share of cells that are empty, 0 to 1. */
  empty: number;
  /** The patterns of all cells, e.g. AA-9999; null where there are too many to mean anything. */
  masks: Set<string> | null;
  /** Kinds of characters that cells begin and end with. */
  firsts: Set<string>;
  lasts: Set<string>;
}

/** A kind of cell rarer than this in its column says nothing about what belongs there. */
const RARE = 0.02;

/** More patterns than this, or more than one in four cells, are no pattern. */
const MOST_MASKS = 8;

const shapeOf = (text: string): CellKind | 'text' => {
  const kind = cellKind(text.trim());
  return isTyped(kind) || kind === 'empty' ? kind : 'text';
};

/** The kind of a character: capital, small letter, digit, or itself. */
export function characterKind(character: string | undefined): string {
  if (character === undefined) return '';
  if (/\d/.test(character)) return '9';
  if (/\p{Lu}/u.test(character)) return 'A';
  return /\p{L}/u.test(character) ? 'a' : character;
}

const maskOf = (text: string) => text.replaceAll(/[\p{L}\d]/gu, (character) => characterKind(character));

/** Shapes of the columns of a table from its first records; empty where there are too few to tell. */
export function columnShapes(records: RawRecord[], width: number): ColumnShape[] {
  const sure = records.filter(({ fields, state }) => state === 'whole' && fields.length === width);
  if (sure.length < 3) return [];
  return Array.from({ length: width }, (_, column) => {
    const counts = new Map<CellKind | 'text', number>();
    const masks = new Set<string>();
    const firsts = new Set<string>();
    const lasts = new Set<string>();
    let leadingBlank = false;
    for (const { fields } of sure) {
      const text = fields[column] ?? '';
      const kind = shapeOf(text);
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      leadingBlank ||= /^[ \t]\S/.test(text);
      if (text === '') continue;
      if (masks.size <= MOST_MASKS) masks.add(maskOf(text));
      firsts.add(characterKind(text[0]));
      lasts.add(characterKind(text.at(-1)));
    }
    const usual = [...counts].filter(([, count]) => count >= sure.length * RARE);
    const isPattern = masks.size <= Math.min(MOST_MASKS, sure.length / 4);
    return {
      kinds: new Set(usual.map(([kind]) => kind)),
      leadingBlank,
      empty: (counts.get('empty') ?? 0) / sure.length,
      masks: isPattern ? masks : null,
      firsts,
      lasts,
    };
  });
}

/** Whether a column holds numbers, dates, times or links only: one that shows when a record is shifted. */
export const isTelling = ({ kinds }: ColumnShape) =>
  !kinds.has('text') && [...kinds].some((kind) => kind !== 'empty');

export const tellingColumns = (shapes: ColumnShape[]): number => shapes.filter(isTelling).length;

/** Whether every cell looks like the others of its column. */
export function fitsShapes(fields: string[], shapes: ColumnShape[]): boolean {
  return (
    fields.length === shapes.length &&
    fields.every((text, column) => shapes[column]?.kinds.has(shapeOf(text)))
  );
}

/** Whether a cell is written as the others of its column, character kind by character kind where those are alike. */
export function fitsClosely(text: string, shape: ColumnShape | undefined): boolean {
  if (!shape) return false;
  if (text === '') return shape.kinds.has('empty');
  if (shape.masks) return shape.masks.has(maskOf(text));
  const { kinds, firsts, lasts } = shape;
  return (
    kinds.has(shapeOf(text)) && firsts.has(characterKind(text[0])) && lasts.has(characterKind(text.at(-1)))
  );
}

/** Whether all cells of a column have one pattern, long enough to be seen inside of a longer text: 99:99, 99/99/9999. */
export function hasOnePattern({ masks }: ColumnShape): boolean {
  const [mask = '', ...others] = masks ?? [];
  return others.length === 0 && mask.length >= 4 && /[^\p{L}\d]/u.test(mask);
}

/** Whether the cells of the telling columns look like the others of theirs, or are empty. */
export function fitsTelling(fields: string[], shapes: ColumnShape[]): boolean {
  if (fields.length !== shapes.length) return false;
  return shapes.every((shape, column) => {
    const kind = shapeOf(fields[column] ?? '');
    return !isTelling(shape) || kind === 'empty' || shape.kinds.has(kind);
  });
}
