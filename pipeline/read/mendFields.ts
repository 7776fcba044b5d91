import { fitsShapes, fitsTelling, tellingColumns, type ColumnShape } from './columnShapes.ts';
import type { FieldMarks } from './dialect.ts';
import { splitFields } from './fields.ts';
import { mergedReadings } from './mendMerged.ts';

/** A record cut again, and in plain words how. */
export interface Mended {
  fields: string[];
  how: string;
}

/** Numbers, dates or links a table must have before a cut can be judged by what its cells look like. */
const ENOUGH_TELLING = 2;

const SPARED = 'An empty field too many was left out';

const OTHER_DELIMITERS = [',', ';', '\t', '|', ' '];

/**
 * Cuts a record with the wrong number of fields again, where exactly one way makes every cell look like its column:
 * without an empty field too many, with a delimiter inside a text that wasn't quoted, with one that was left out, or
 * by another delimiter. Null where none does or several do.
 */
export function mendFields(text: string, marks: FieldMarks, shapes: ColumnShape[]): Mended | null {
  const split = splitFields(text, marks);
  if (split.state !== 'whole') return null;
  // Where the only empty field is the one too many at the end, behind a column that is never empty, leaving it out
  // loses nothing. Behind one that may be empty, another field may be the one too many.
  const isSpare = split.fields.length === shapes.length + 1 && split.fields.indexOf('') === shapes.length;
  if (isSpare && shapes.at(-1)?.empty === 0) return { fields: split.fields.slice(0, -1), how: SPARED };
  if (tellingColumns(shapes) < ENOUGH_TELLING) return null;
  const joinable = joinings(split.fields, split.quoted, marks.delimiter, shapes);
  // A blank after the delimiter is evidence of its own; where the delimiter is one, the cells alone must tell.
  const joined = only(joinable, shapes, marks.delimiter === ' ' ? fitsShapes : fitsTelling);
  if (joined)
    return { fields: joined, how: 'A delimiter in a text without quotes was read as part of the text' };
  const parted = only(mergedReadings(text, split.fields, marks, shapes), shapes);
  if (parted)
    return { fields: parted, how: 'A delimiter left out was read where the cells on both sides show it' };
  const spared = only(sparings(split.fields, shapes.length), shapes);
  if (spared) return { fields: spared, how: SPARED };
  const recut = only(recuttings(text, marks, shapes), shapes);
  return recut ? { fields: recut, how: 'Fields cut by another delimiter than the rest were read' } : null;
}

/** The one candidate that fits, if there is exactly one. */
function only(candidates: Iterable<string[]>, shapes: ColumnShape[], fits = fitsShapes): string[] | null {
  const fitting = new Map<string, string[]>();
  for (const fields of candidates) if (fits(fields, shapes)) fitting.set(JSON.stringify(fields), fields);
  const [first] = fitting.values();
  return fitting.size === 1 && first ? first : null;
}

/** Without one of its empty fields. */
function* sparings(fields: string[], width: number): Generator<string[]> {
  if (fields.length !== width + 1) return;
  for (const [index, field] of fields.entries()) if (field === '') yield fields.toSpliced(index, 1);
}

/**
 * With a run of neighbours put together, where the text itself shows that they belong together: blanks are the
 * delimiter, or a blank follows the delimiter although no column's cells begin with one.
 */
function* joinings(
  fields: string[],
  quoted: boolean[],
  delimiter: string,
  shapes: ColumnShape[],
): Generator<string[]> {
  const length = fields.length - shapes.length + 1;
  if (length < 2) return;
  const blanks = delimiter === ' ';
  if (!blanks && shapes.some(({ leadingBlank }) => leadingBlank)) return;
  for (let from = 0; from + length <= fields.length; from++) {
    const run = fields.slice(from, from + length);
    if (quoted.slice(from, from + length).some(Boolean)) continue;
    // Two blanks in a text look like an empty field between two delimiters.
    if (blanks ? run[0] === '' || run.at(-1) === '' : run.includes('')) continue;
    if (!blanks && !run.slice(1).every((field) => /^ \S/.test(field))) continue;
    yield fields.toSpliced(from, length, run.join(delimiter));
  }
}

function* recuttings(text: string, marks: FieldMarks, shapes: ColumnShape[]): Generator<string[]> {
  for (const delimiter of OTHER_DELIMITERS) {
    if (delimiter === marks.delimiter || !text.includes(delimiter)) continue;
    const { fields, quoted, state } = splitFields(text, { ...marks, delimiter });
    if (state !== 'whole') continue;
    yield fields;
    yield* joinings(fields, quoted, delimiter, shapes);
  }
}
