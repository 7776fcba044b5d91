import type { Account } from './customers.ts';
import { lineAtList, type Line } from './lines.ts';
import type { Product } from './products.ts';
import type { DealType } from './settings.ts';
import { quantityOf, recurring, type Subscription } from './story.ts';
import type { World } from './world.ts';

/** Which products a deal is about, how many and for how long; all at list still. */
export function chooseLines(
  world: World,
  account: Account,
  type: DealType,
  asOf: number,
  closesOn: number,
  live: readonly Subscription[],
): Line[] {
  const { random, book } = world;
  const currency = account.region.currency;
  const term = 12 * (1 + random.weighted(world.termWeights));
  const lines: Line[] = [];
  const add = (product: Product, quantity: number, months: number): Line => {
    const line = lineAtList(random, book, product, currency, asOf, quantity, months);
    lines.push(line);
    return line;
  };

  if (type === 'renewal') {
    for (const one of live) {
      const scale = random.chance(0.6) ? 1 : 0.8 + 0.5 * random.next();
      const product = one.product.soldUntil <= asOf ? book.products[0]! : one.product;
      add(product, scaled(one.quantity, scale), term).renews = one.number;
    }
    return lines;
  }
  if (type === 'upsell') {
    const longer = live.filter((one) => one.until > closesOn + 100 && one.product.soldUntil > asOf);
    for (let n = random.chance(0.35) ? 2 : 1; n > 0 && longer.length > 0; n--) {
      const one = longer.splice(Math.floor(random.next() * longer.length), 1)[0]!;
      const months = one.product.pricePeriod === 'year' ? 12 : Math.round((one.until - closesOn) / 30.44);
      add(one.product, scaled(one.quantity, 0.2 + 0.8 * random.next()), Math.max(3, Math.min(36, months)));
    }
    if (lines.length > 0) return lines;
  }
  const owned = new Set(live.map((one) => one.product));
  if (type === 'new') {
    const platform = draw(world, asOf, (one) => one.family === 'Platform' && one.weight >= 3);
    owned.add(platform);
    add(platform, quantityOf(world, account, platform), term);
  }
  let more = type === 'new' ? random.weighted(MORE_ON_NEW) : 1 + random.weighted(MORE_ON_CROSS_SELL);
  for (; more > 0; more--) {
    const product = draw(world, asOf, (one) => !owned.has(one));
    owned.add(product);
    add(product, quantityOf(world, account, product), recurring(product) || random.chance(0.5) ? term : 12);
  }
  return lines;
}

const MORE_ON_NEW = [12, 26, 28, 20, 10, 4];
const MORE_ON_CROSS_SELL = [30, 36, 22, 12];

function scaled(quantity: number, by: number): number {
  return Math.max(1, Math.round((quantity / 100) * by)) * 100;
}

/** A product sold on that day, by weight: turns the wheel until one suits. */
function draw(world: World, on: number, suits: (product: Product) => boolean): Product {
  for (;;) {
    const product = world.random.pick(world.book.wheel);
    if (product.soldFrom <= on && product.soldUntil > on && suits(product)) return product;
  }
}
