/** Money is whole cents (net, prices) or whole ten-thousandths (list amounts), called ticks; never a fraction. */

/** Rounds half away from zero; exact for whole numbers below 2^53. */
export function divide(value: number, by: number): number {
  const whole = Math.trunc(value / by);
  const rest = value - whole * by;
  return Math.abs(rest) * 2 >= by ? whole + Math.sign(value) : whole;
}

/** Cents as '1234.56'. */
export function cents(value: number): string {
  const positive = value < 0 ? -value : value;
  const whole = Math.floor(positive / 100);
  const rest = positive - whole * 100;
  return `${value < 0 ? '-' : ''}${whole}.${rest < 10 ? '0' : ''}${rest}`;
}

/** Ticks as '1234.5678', or '1234.56' where that says it all. */
export function ticks(value: number): string {
  const positive = Math.abs(value);
  const whole = Math.floor(positive / 10_000);
  const text = String(positive - whole * 10_000).padStart(4, '0');
  return `${value < 0 ? '-' : ''}${whole}.${text.endsWith('00') ? text.slice(0, 2) : text}`;
}

/** Hundredths of a piece as a quantity: 1250 is '12.5', 300 is '3'. */
export function quantity(hundredths: number): string {
  if (hundredths % 100 === 0) return String(hundredths / 100);
  return cents(hundredths).replace(/0$/, '');
}
