import type { AnswerColumn, AnswerValue } from './answer.ts';

const decimal = /^-?\d+(\.\d+)?$/;

/**
 * The value as a plain decimal (`-1234.5`), or null where it is not a number. Text counts as one in a
 * column of numbers only: a customer called "007" stays text.
 */
export function plainDecimal(value: AnswerValue, column: AnswerColumn): string | null {
  if (typeof value === 'number') return Number.isFinite(value) ? withoutExponent(value) : null;
  if (typeof value === 'string' && holdsNumbers(column) && decimal.test(value)) return value;
  return null;
}

/** Whether what stands in the column is a number, however it came. */
export function holdsNumbers({ format }: AnswerColumn): boolean {
  return format !== 'text' && format !== 'date' && format !== 'boolean';
}

/** All digits that tell the number from its neighbours, and never `1e+21`, which spreadsheets round. */
function withoutExponent(value: number): string {
  const [mantissa = '', exponent] = String(value).split('e');
  if (exponent === undefined) return value === 0 ? '0' : mantissa;
  const sign = mantissa.startsWith('-') ? '-' : '';
  const [whole = '', part = ''] = mantissa.replace('-', '').split('.');
  const point = whole.length + Number(exponent);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${whole}${part}`;
  // Exponents begin at 1e21, beyond the 17 digits a number has: no digit is left behind the point.
  return sign + (whole + part).padEnd(point, '0');
}
