import { date, UNKNOWN } from './dates.ts';

// Every number and date that a person reads is written in this file or in dates.ts, and nowhere else.
export * from './dates.ts';

const MINUS = '\u2212';

/** A decimal may come as text, so that cents survive: '1812000.10'. */
export type Amount = number | bigint | string;
export type Unit =
  'money' | 'cents' | 'rate' | 'points' | 'count' | 'number' | 'tenths' | 'days' | 'date' | 'text';

type Digits = Intl.NumberFormatOptions;
const formatters = new Map<string, Intl.NumberFormat>();

function formatter(options: Digits): Intl.NumberFormat {
  const key = JSON.stringify(options);
  const known = formatters.get(key) ?? new Intl.NumberFormat('en-US', options);
  formatters.set(key, known);
  return known;
}

/** The text as the number it says; throws a TypeError where it says none, a RangeError where it has no end. */
function exact(value: Amount): number | bigint | Intl.StringNumericLiteral {
  if (typeof value === 'string' && !/^-?\d+(\.\d+)?$/.test(value))
    throw new TypeError(`not a decimal: ${JSON.stringify(value)}`);
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new RangeError(`not a finite number: ${value}`);
  return value as number | bigint | Intl.StringNumericLiteral;
}

function written(value: Amount, options: Digits): string {
  return formatter({ signDisplay: 'negative', ...options })
    .format(exact(value) as number)
    .replace('-', MINUS);
}

const sign = (signed?: boolean): Digits => (signed ? { signDisplay: 'exceptZero' } : {});
const inCurrency = (currency: string): Digits => ({ style: 'currency', currency });

export interface Style {
  /** Writes the plus as well; zero gets no sign. */
  signed?: boolean;
}

/** `$4,213,907`: whole units, for figures that stand alone. */
export function money(value: Amount | null, currency: string, { signed }: Style = {}): string {
  if (value === null) return UNKNOWN;
  return written(value, { ...inCurrency(currency), maximumFractionDigits: 0, ...sign(signed) });
}

/** `$4,213,907.10`: as many decimals as the currency has, for one deal, one line, one invoice. */
export function moneyToTheCent(value: Amount | null, currency: string, { signed }: Style = {}): string {
  return value === null ? UNKNOWN : written(value, { ...inCurrency(currency), ...sign(signed) });
}

/** `4,213,907`: in a column whose head names the currency. */
export function amount(value: Amount | null, { signed }: Style = {}): string {
  return value === null ? UNKNOWN : written(value, { maximumFractionDigits: 0, ...sign(signed) });
}

/** `4,213,907.10`, where the currency stands elsewhere. */
export function amountToTheCent(value: Amount | null, { signed }: Style = {}): string {
  const digits: Digits = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  return value === null ? UNKNOWN : written(value, { ...digits, ...sign(signed) });
}

const scales = [
  { from: 1e9, letter: 'bn', word: 'billion' },
  { from: 1e6, letter: 'M', word: 'million' },
] as const;

/** Rounding decides the scale: 999,960 is 1.0 million, not 1,000 thousand. */
function shortened(value: Amount, currency: string, name: 'letter' | 'word', { signed }: Style): string {
  const size = Number(exact(value));
  const scale = scales.find(({ from }) => Math.abs(size) >= from * 0.9995);
  if (!scale) {
    const digits: Digits =
      Math.abs(size) < 1000 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 };
    return written(size, { ...inCurrency(currency), ...digits, ...sign(signed) });
  }
  const scaled = size / scale.from;
  const decimals = Math.abs(scaled) < 99.95 ? 1 : 0;
  const digits: Digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return `${written(scaled, { ...inCurrency(currency), ...digits, ...sign(signed) })}\u00a0${scale[name]}`;
}

/** `$4.2 M`, `$611,000`: for key figures and the marks of charts. */
export function moneyShort(value: Amount | null, currency: string, style: Style = {}): string {
  return value === null ? UNKNOWN : shortened(value, currency, 'letter', style);
}

/** `$4.2 M`, `$611 K`: for marks that stand close together. */
export function moneyTight(value: Amount | null, currency: string, { signed }: Style = {}): string {
  const size = value === null ? 0 : Number(exact(value));
  if (Math.abs(size) < 9_995 || Math.abs(size) >= 999_500) return moneyShort(value, currency, { signed });
  const digits: Digits = { maximumFractionDigits: 0 };
  return `${written(size / 1000, { ...inCurrency(currency), ...digits, ...sign(signed) })}\u00a0K`;
}

/** `$4.2 million`, `$611,000`: for sentences. */
export function moneyInWords(value: Amount | null, currency: string, style: Style = {}): string {
  return value === null ? UNKNOWN : shortened(value, currency, 'word', style);
}

/** `18.3%` from the fraction 0.183. */
export function rate(value: number | null, digits = 1): string {
  if (value === null) return UNKNOWN;
  return written(value, { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** `+1.9 pts` from a difference of fractions, 0.019; `+1.9` with `bare`, where a column's head says pts. */
export function points(value: number | null, { bare = false, digits = 1 } = {}): string {
  if (value === null) return UNKNOWN;
  const options: Digits = {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay: 'exceptZero',
  };
  return written(value * 100, options) + (bare ? '' : '\u00a0pts');
}

/** `−3.4 to −0.8`: an interval of differences of fractions, in points. */
export function pointsInterval(low: number, high: number): string {
  return `${points(low, { bare: true })} to ${points(high, { bare: true })}`;
}

/** `1,234`; with a noun, `412 deals` and `1 deal`. */
export function count(value: Amount | null, noun?: string, plural = `${noun}s`): string {
  if (value === null) return UNKNOWN;
  const digits = written(value, { maximumFractionDigits: 0 });
  return noun === undefined ? digits : `${digits} ${Number(value) === 1 ? noun : plural}`;
}

/** `0.31`: a plain number with so many decimals. */
export function decimal(value: Amount | null, digits = 2): string {
  if (value === null) return UNKNOWN;
  return written(value, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** `12 days` */
export function days(value: number | null): string {
  return count(value, 'day');
}

/** `38.0 MB` from bytes, a megabyte being a million of them; `612 kB` below one. */
export function fileSize(bytes: number): string {
  if (bytes >= 999_950_000) return `${decimal(bytes / 1e9, 1)}\u00a0GB`;
  return bytes >= 999_500 ? `${decimal(bytes / 1e6, 1)}\u00a0MB` : `${count(Math.ceil(bytes / 1e3))}\u00a0kB`;
}

export interface FormatOptions extends Style {
  currency?: string;
  /** In a table the head names the unit once, so cells leave it out. */
  bare?: boolean;
}

/** A value of the semantic layer by its unit; money without a currency is an error, not dollars. */
export function format(value: Amount | null, unit: Unit, options: FormatOptions = {}): string {
  const { currency, bare = false, signed = false } = options;
  if (value === null) return UNKNOWN;
  if (unit === 'text') return String(value);
  if (unit === 'date') return date(String(value));
  if (unit === 'count') return count(value);
  if (unit === 'number') return decimal(value);
  // A count on average: 36.9 a quarter.
  if (unit === 'tenths') return decimal(value, 1);
  if (unit === 'days') return bare ? count(value) : days(Number(value));
  if (unit === 'rate') return rate(Number(value));
  if (unit === 'points') return points(Number(value), { bare });
  if (bare) return unit === 'cents' ? amountToTheCent(value, { signed }) : amount(value, { signed });
  if (currency === undefined) throw new TypeError('money needs its currency');
  return unit === 'cents' ? moneyToTheCent(value, currency, { signed }) : money(value, currency, { signed });
}
