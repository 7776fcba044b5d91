import { addMonths, day, iso } from './calendar.ts';
import { cents, divide } from './money.ts';
import { ALWAYS, STILL } from './person.ts';
import { Random } from './random.ts';
import type { World } from './world.ts';

/** Dates of a span: an open start or end is left empty. */
export function span(from: number, to: number): [string, string] {
  return [from === ALWAYS ? '' : iso(from), to === STILL ? '' : iso(to)];
}

/** Writes list_price: the dated price book, with the rise of all prices half way. */
export function writeListPrices(world: World): void {
  const { book } = world;
  const file = world.folder.open(
    'tables/list_price',
    `product_id price_book currency unit_list unit_cost price_period valid_from valid_to`,
  );
  const start = day('2022-02-01');
  for (const product of book.products) {
    if (!product.priced) continue;
    for (const currency of ['USD', 'EUR'])
      for (const after of [0, 1]) {
        const from = Math.max(product.soldFrom, after ? book.riseOn : start);
        const to = Math.min(product.soldUntil, after ? STILL : book.riseOn);
        if (from >= to) continue;
        const list = product.list[currency]![after]!;
        const cost = divide(product.list[currency]![0] * Math.round(product.costShare * 1000), 1000);
        file.row(
          product.id,
          'Standard',
          currency,
          cents(list),
          cents(cost),
          product.pricePeriod,
          ...span(from, to),
        );
      }
  }
}

/** Writes person_assignment: each person's role, manager, team and region over time. */
export function writeAssignments(world: World): void {
  const file = world.folder.open(
    'tables/person_assignment',
    `person_id role manager_id team region valid_from valid_to`,
  );
  for (const person of world.people.all)
    for (const place of person.places)
      file.row(
        person.id,
        person.role,
        place.managerId,
        place.team,
        place.region,
        ...span(place.from, place.to),
      );
}

/** Writes fx_rate: a plan rate per fiscal year, an actual rate on the first of each month. */
export function writeRates(world: World): void {
  const { fx } = world.settings.company;
  const file = world.folder.open('tables/fx_rate', `currency on_date rate_set rate_to_base`);
  for (const [from, rate] of Object.entries(fx.plan)) file.row(fx.currency, from, 'plan', rate.toFixed(4));
  const random = new Random(world.seed * 13 + 1);
  let rate = Math.round(fx.actual.start * 10_000);
  for (let on = world.firstDay; on < world.today; on = addMonths(on, 1)) {
    file.row(fx.currency, iso(on), 'actual', (rate / 10_000).toFixed(4));
    rate += Math.round(random.normal() * fx.actual.step * 10_000);
    rate = Math.max(fx.actual.low * 10_000, Math.min(fx.actual.high * 10_000, rate));
  }
}
