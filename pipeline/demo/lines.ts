import { drawRate, writtenRate, type Rate, type RateDraws } from './discounts.ts';
import { divide } from './money.ts';
import { listOn, type PriceBook, type Product } from './products.ts';
import type { Random } from './random.ts';
import type { PlantedSettings } from './settings.ts';

export type Ramp = '' | 'yearly_uplift' | 'first_year_discount';

/** A product on a deal. Prices are cents, quantities hundredths, list amounts ticks. */
export interface Line {
  number: number;
  product: Product;
  quantity: number;
  termMonths: number;
  /** Price periods in the term. */
  periods: number;
  /** Cents per piece and period in the dated book; 0 where the product has no list price. */
  unitList: number;
  unitNet: number;
  net: number;
  list: number;
  kind: string;
  reason: string;
  permille: number;
  pulled: boolean;
  draws: RateDraws | undefined;
  ramp: Ramp;
  /** Cents per piece in each year of a ramp. */
  years: number[];
  subscription: number;
  renews: number;
  /** First day of service; the close for what is delivered once. */
  startsOn: number;
}

export const priced = (line: Line): boolean => line.list > 0;

/** A line at list price; `price` sets its discount. */
export function lineAtList(
  random: Random,
  book: PriceBook,
  product: Product,
  currency: string,
  on: number,
  quantity: number,
  termMonths: number,
): Line {
  const once = product.pricePeriod === 'once';
  const periods = once ? 1 : product.pricePeriod === 'year' ? termMonths / 12 : termMonths;
  const book0 = listOn(book, product, currency, on);
  const unitList = product.priced ? book0 : 0;
  // Without a list price the price is agreed from case to case.
  const unitNet = product.priced ? unitList * periods : Math.round(book0 * (0.6 + 0.8 * random.next()));
  return {
    number: 0,
    product,
    quantity,
    termMonths: once ? 0 : termMonths,
    periods,
    unitList,
    unitNet,
    net: divide(unitNet * quantity, 100),
    list: unitList * periods * quantity,
    kind: '',
    reason: '',
    permille: 0,
    pulled: false,
    draws: undefined,
    ramp: '',
    years: [],
    subscription: -1,
    renews: -1,
    startsOn: 0,
  };
}

/** Cents per piece for the whole term at a rate; rounded up, so that 20% never turns out as 20.0003%. */
export function unitNetAt(line: Line, permille: number): number {
  const term = line.unitList * line.periods;
  if (line.ramp === '') return Math.ceil((term * (1000 - permille)) / 1000);
  let total = 0;
  for (const year of yearPrices(line, permille)) total += year;
  return total;
}

function yearPrices(line: Line, permille: number): number[] {
  const years = line.termMonths / 12;
  const list = (line.unitList * line.periods) / years;
  const first = Math.ceil((list * (1000 - permille)) / 1000);
  const prices: number[] = [first];
  for (let y = 1; y < years; y++)
    prices.push(line.ramp === 'first_year_discount' ? list : divide(prices[y - 1]! * 105, 100));
  return prices;
}

/** Gives a line its price at a rate in tenths of a percent (negative: above list). */
export function price(line: Line, permille: number): void {
  line.permille = permille;
  line.unitNet = unitNetAt(line, permille);
  line.years = line.ramp === '' ? [] : yearPrices(line, permille);
  line.net = divide(line.unitNet * line.quantity, 100);
}

/** A discretionary price: the rep's own rate, as written. */
export function priceDiscretionary(
  random: Random,
  line: Line,
  wanted: number,
  spread: number,
  planted: PlantedSettings,
): Rate {
  line.draws = drawRate(random, spread);
  const rate = writtenRate(wanted, line.draws, planted);
  price(line, rate.permille);
  line.kind = 'discretionary';
  line.pulled = rate.pulled && line.ramp === '';
  return rate;
}

/** Net in cents that the same line would have had with another wanted rate, all chance being equal. */
export function netHad(line: Line, wanted: number, planted: PlantedSettings): number {
  return divide(unitNetAt(line, writtenRate(wanted, line.draws!, planted).permille) * line.quantity, 100);
}
