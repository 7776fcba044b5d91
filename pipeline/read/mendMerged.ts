import { characterKind, fitsClosely, hasOnePattern, type ColumnShape } from './columnShapes.ts';
import type { FieldMarks } from './dialect.ts';
import { splitFields } from './fields.ts';

/** A last column empty in at least this share of records may be left out of one, as spreadsheets do. */
const MOSTLY_EMPTY = 0.9;

/**
 * Readings of a record with one delimiter too few, each with every cell written as the others of its column: a cell
 * cut where two patterns meet, a delimiter put in front of a quote, or an empty last cell that was left out.
 */
export function* mergedReadings(
  text: string,
  fields: string[],
  marks: FieldMarks,
  shapes: ColumnShape[],
): Generator<string[]> {
  const fits = (cells: string[]) =>
    cells.length === shapes.length && cells.every((cell, column) => fitsClosely(cell, shapes[column]));
  if (fields.length === shapes.length - 1) {
    const last = shapes.at(-1);
    const padded = [...fields, ''];
    if (last && last.empty >= MOSTLY_EMPTY && fits(padded)) yield padded;
    yield* cutCells(fields, shapes);
  }
  for (const cells of cutAtQuotes(text, marks)) if (fits(cells)) yield cells;
}

function* cutCells(fields: string[], shapes: ColumnShape[]): Generator<string[]> {
  const before = fields.findIndex((cell, column) => !fitsClosely(cell, shapes[column]));
  const lastToCut = before < 0 ? fields.length - 1 : before;
  for (let column = lastToCut; column >= 0; column--) {
    const [left, right] = [shapes[column], shapes[column + 1]];
    const cell = fields[column] ?? '';
    if (left && right) {
      const patterned = hasOnePattern(left) || hasOnePattern(right);
      for (let cut = 1; cut < cell.length; cut++) {
        // Between two digits or two letters only a fixed pattern shows where one cell ends.
        if (!patterned && characterKind(cell[cut - 1]) === characterKind(cell[cut])) continue;
        const [one, other] = [cell.slice(0, cut), cell.slice(cut)];
        if (fitsClosely(one, left) && fitsClosely(other, right))
          yield fields.toSpliced(column, 1, one, other);
      }
    }
    // Cells behind the cut move one column on; where this one doesn't fit there, no earlier cut will do.
    if (!fitsClosely(cell, right)) return;
  }
}

function* cutAtQuotes(text: string, marks: FieldMarks): Generator<string[]> {
  const { delimiter, quote } = marks;
  for (let at = text.indexOf(quote, 1); at > 0; at = text.indexOf(quote, at + 1)) {
    if (text.slice(0, at).endsWith(delimiter)) continue;
    const split = splitFields(text.slice(0, at) + delimiter + text.slice(at), marks);
    if (split.state === 'whole') yield split.fields;
  }
}
