import { sheetRows, type SheetNotes } from './sheetRows.ts';
import type { SheetPart, Workbook } from './workbook.ts';

/**
 * Whether a sheet has a row with two cells next to each other filled, as every table has. Notes and cover pages stand
 * in one column. Reads no further than it must.
 */
export async function holdsTable(workbook: Workbook, sheet: SheetPart): Promise<boolean> {
  const none = () => ({ count: 0, first: '' });
  const notes: SheetNotes = { hiddenRows: 0, errors: none(), unsaved: none(), merged: [] };
  // Which text a cell refers to does not matter here, only that there is one.
  const anyText = new Proxy<string[]>([], { get: () => 'text' });
  try {
    for await (const rows of sheetRows(workbook, anyText, notes, sheet)) {
      const found = rows.some(({ cells }) => cells.some((cell, index) => cell !== '' && cells[index - 1]));
      if (found) return true;
    }
    return false;
  } catch {
    // A damaged sheet is said to be so where it is read.
    return true;
  }
}
