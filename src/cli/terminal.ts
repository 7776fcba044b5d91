import { once } from 'node:events';

/** Text from outside as a terminal may show it: control characters would move its cursor or change its title. */
export function printable(text: string): string {
  return text.replace(/(?![\n\t])[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '�');
}

/** The answer: a line on stdout. */
export function say(text = ''): void {
  process.stdout.write(`${printable(text)}\n`);
}

/** What was noticed, beside the answer: on stderr. */
export function note(text: string): void {
  process.stderr.write(`${printable(text)}\n`);
}

/** One JSON object for machines. Integers beyond a double's reach are written as text. */
export function printJson(value: unknown): void {
  const plain = (_: string, part: unknown) => (typeof part === 'bigint' ? asJson(part) : part);
  process.stdout.write(`${JSON.stringify(value, plain, 2)}\n`);
}

/** One JSON object on one line, for machines that read on while more is worked out. */
export function printJsonLine(value: unknown, to: NodeJS.WriteStream = process.stdout): void {
  const plain = (_: string, part: unknown) => (typeof part === 'bigint' ? asJson(part) : part);
  to.write(`${JSON.stringify(value, plain)}\n`);
}

const asJson = (value: bigint) =>
  BigInt(Number.MIN_SAFE_INTEGER) <= value && value <= BigInt(Number.MAX_SAFE_INTEGER)
    ? Number(value)
    : String(value);

/** Writes to stdout no faster than it is read. */
export async function write(text: string | Uint8Array): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

/** Rows of cells in aligned columns; columns named in `right` are set flush right. */
export function table(head: string[], rows: string[][], right: number[] = []): string {
  const all = [head, ...rows].map((row) => row.map((cell) => printable(cell).replaceAll('\n', ' ')));
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const lines = all.map((row) =>
    widths
      .map((width, column) => {
        const cell = row[column] ?? '';
        return right.includes(column) ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd(),
  );
  return lines.join('\n');
}
