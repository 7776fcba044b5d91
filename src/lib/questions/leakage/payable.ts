/** Decimals that amounts of the marts are kept with. */
const KEPT = 4;

/** Decimals that the currency is paid in: 2 of EUR, 0 of JPY; 2 where the code is none. Source: ISO 4217, of Intl. */
function decimalsOf(currency: string): number {
  if (!/^[A-Za-z]{3}$/.test(currency)) return 2;
  const { maximumFractionDigits } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions();
  return maximumFractionDigits ?? 2;
}

/** The amount, of four decimals, rounded to what the currency can be paid in, halves away from zero; null stays null. */
export function payable(amount: number | null, currency: string): number | null {
  if (amount === null) return null;
  // Whole numbers keep halves exact, where 1.005 as a float is less than that.
  const kept = Math.round(Math.abs(amount) * 10 ** KEPT);
  const decimals = Math.min(decimalsOf(currency), KEPT);
  const rounded = Math.round(kept / 10 ** (KEPT - decimals)) / 10 ** decimals;
  return amount < 0 ? 0 - rounded : rounded;
}
