/** Unpacked sizes below this fill no disk, however well they were packed. */
const HARMLESS_BYTES = 256 << 20;

/** Exports of the same few words over and over shrink to a hundredth; archives made to fill disks, to a thousandth. */
const LARGEST_RATIO = 250;

/** Says why an archive won't be unpacked, as the end of a sentence; null where nothing speaks against it. */
export function tooMuch(unpacked: number, packed: number): string | null {
  if (unpacked <= HARMLESS_BYTES || unpacked <= packed * LARGEST_RATIO) return null;
  return `would unpack to more than ${LARGEST_RATIO} times its size, as no export does. It is not opened.`;
}

/** Columns of the widest sheet there is. Whatever has more is no table, and time grows with the square of them. */
const MOST_COLUMNS = 16_384;

/** Says why a table of so many columns won't be read; null where nothing speaks against it. */
export function tooWide(columns: number): string | null {
  if (columns <= MOST_COLUMNS) return null;
  return `Its lines have more than the ${MOST_COLUMNS.toLocaleString('en')} columns of the widest spreadsheet. It is not read.`;
}
