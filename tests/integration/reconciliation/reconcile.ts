type Value = string | number | boolean | null | undefined;
export type Figures = Record<string, unknown>;
type Read = string | ((row: never) => Value);

/** Half a ten-thousandth: the finest that the sources write. */
export const exactly = 0.000_05;
/** Half a cent: figures that agree to it are shown as the same. */
export const toTheCent = 0.005;

const read = (row: Figures, how: Read): Value =>
  typeof how === 'string' ? (row[how] as Value) : how(row as never);

const isNumber = (value: Value) =>
  value !== null && value !== undefined && value !== '' && Number.isFinite(Number(value));

function same(one: Value, other: Value, within: number): boolean {
  if (one === other || ((one ?? null) === null && (other ?? null) === null)) return true;
  return isNumber(one) && isNumber(other) && Math.abs(Number(one) - Number(other)) < within;
}

/** What a pair of rows is called: its key's values, numbers written alike (`1` and `1.0`). */
const nameOf = (row: Figures, key: Read[]): string =>
  key
    .map((how) => read(row, how))
    .map((value) => (isNumber(value) ? String(Number(value)) : String(value ?? 'nothing')))
    .join(' | ');

export interface Comparison {
  /** Columns that tell rows apart: what the other side calls it, and how it is found on ours. */
  key?: Record<string, Read>;
  /** Columns that have to agree, likewise. */
  figures: Record<string, Read>;
  within?: number;
}

/**
 * Every way in which two lists of rows don't say the same: rows that only one of them has, rows that one has
 * twice, figures that differ. Empty where they agree.
 */
export function differences(
  ours: readonly Figures[],
  theirs: readonly Figures[],
  { key = {}, figures, within = exactly }: Comparison,
): string[] {
  if (theirs.length === 0) return ['there is nothing to compare with'];
  const found = new Map<string, Figures>();
  const complaints: string[] = [];
  for (const row of ours) {
    const name = nameOf(row, Object.values(key));
    if (found.has(name)) complaints.push(`${name}: ours twice`);
    found.set(name, row);
  }
  for (const row of theirs) {
    const name = nameOf(row, Object.keys(key));
    const our = found.get(name);
    found.delete(name);
    if (!our) complaints.push(`${name}: not ours`);
    else
      for (const [figure, how] of Object.entries(figures)) {
        const [us, them] = [read(our, how), row[figure] as Value];
        if (!same(us, them, within)) complaints.push(`${name}: ${figure} is ${us}, not ${them}`);
      }
  }
  return [...complaints, ...[...found.keys()].map((name) => `${name}: only ours`)];
}

/** A share of one as a percentage, as the expected figures give it: to four decimals. */
export const percentOf = (measure: string) => (row: Figures) =>
  row[measure] === null ? null : Math.round(Number(row[measure]) * 1e6) / 1e4;

/** The sum of a column, without the errors that adding many decimals as floats collects. */
export const sum = (rows: readonly Figures[], column: string): number =>
  rows.reduce((total, row) => total + Math.round(Number(row[column] ?? 0) * 1e4), 0) / 1e4;
