import { day } from './calendar.ts';
import { salesforceIds } from './identifiers.ts';
import { divide } from './money.ts';
import { ALWAYS, STILL } from './person.ts';
import type { Settings } from './settings.ts';

export interface Product {
  index: number;
  id: string;
  code: string;
  name: string;
  family: string;
  offerModel: string;
  pricePeriod: 'once' | 'month' | 'year';
  /** Cents per piece and price period before and after the rise, per currency. */
  list: Record<string, [number, number]>;
  costShare: number;
  seatShare: number;
  weight: number;
  partOf: string;
  soldFrom: number;
  soldUntil: number;
  priced: boolean;
}

export interface PriceBook {
  products: Product[];
  /** Each product as often as its weight says. */
  wheel: Product[];
  riseOn: number;
}

/** The products with their dated prices, in cents. */
export function buildPriceBook(settings: Settings): PriceBook {
  const id = salesforceIds('01t');
  const { on, percent } = settings.planted.list_price_rise;
  const products = settings.products.map((row, index): Product => {
    const raised = (text: string): [number, number] => {
      const before = Math.round(Number(text) * 100);
      return [before, divide(before * (1000 + Math.round((percent[row.family!] ?? 0) * 10)), 1000)];
    };
    return {
      index,
      id: id(index + 100),
      code: row.code!,
      name: row.name!,
      family: row.family!,
      offerModel: row.offer_model!,
      pricePeriod: row.price_period as Product['pricePeriod'],
      list: { USD: raised(row.usd!), EUR: raised(row.eur!) },
      costShare: Number(row.cost_share),
      seatShare: Number(row.seat_share),
      weight: Number(row.weight),
      partOf: row.part_of!,
      soldFrom: row.sold_from ? day(row.sold_from) : ALWAYS,
      soldUntil: row.sold_until ? day(row.sold_until) : STILL,
      priced: row.priced === 'yes',
    };
  });
  const wheel = products.flatMap((product) => Array.from({ length: product.weight }, () => product));
  return { products, wheel, riseOn: day(on) };
}

/** The price book's price on a day, in cents per piece and price period. */
export function listOn(book: PriceBook, product: Product, currency: string, on: number): number {
  return product.list[currency]![on >= book.riseOn ? 1 : 0];
}
