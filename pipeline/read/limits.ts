/** Unpacked sizes below this fill no disk, however well they were packed. */
const HARMLESS_BYTES = 256 << 20;

/** Exports of the same few words over and over shrink to a hundredth; archives made to fill disks, to a thousandth. */
const LARGEST_RATIO = 250;

/** Says why an archive won't be unpacked, as the end of a sentence; null where nothing speaks against it. */
export function tooMuch(unpacked: number, packed: number): string | null {
  if (unpacked <= HARMLESS_BYTES || unpacked <= packed * LARGEST_RATIO) return null;
  return `would unpack to more than ${LARGEST_RATIO} times its size, as no export does. It is not opened.`;
}
