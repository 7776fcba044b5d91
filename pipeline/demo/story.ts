import { addMonths, iso, lastBusinessDays, quarterStart, weekday } from './calendar.ts';
import { drawAccount, type Account } from './customers.ts';
import type { Deal } from './deal.ts';
import { drawDeal } from './deals.ts';
import type { Line } from './lines.ts';
import { STILL } from './person.ts';
import type { Product } from './products.ts';
import type { DealType } from './settings.ts';
import type { World } from './world.ts';

/** A recurring line that a customer has, from one day to another. */
export interface Subscription {
  number: number;
  product: Product;
  quantity: number;
  from: number;
  until: number;
  line: Line | undefined;
  dealId: string;
  renews: number;
  /** Set when it ended: renewed by another, or left. */
  ended: '' | 'renewed' | 'churned';
}

export interface Teller {
  deal(deal: Deal): void;
  account(account: Account, subscriptions: Subscription[], deals: Deal[]): void;
}

export interface Counters {
  deals: number;
  lines: number;
  subscriptions: number;
}

/** Lets one customer live through the three years: attempts to sell, renewals coming due, deals open today. */
export function tellAccount(world: World, index: number, counters: Counters, teller: Teller): void {
  const { random, settings, firstDay, today } = world;
  const { company } = settings;
  random.restart(world.seed, index);
  const account = drawAccount(random, settings, world.people, world.ids.account, index);
  const subscriptions: Subscription[] = [];
  const deals: Deal[] = [];
  let gone = false;

  if (account.fromBefore) {
    const until = firstDay + random.whole(4, 1000);
    const months = 12 * (1 + random.weighted(Object.values(company.terms)));
    for (let n = random.whole(1, 4); n > 0; n--) {
      const product = random.pick(
        world.book.products.filter((one) => recurring(one) && one.soldFrom < firstDay - 1000),
      );
      if (subscriptions.some((one) => one.product === product)) continue;
      subscriptions.push({
        number: counters.subscriptions++,
        product,
        quantity: quantityOf(world, account, product),
        from: addMonths(until, -months),
        until,
        line: undefined,
        dealId: '',
        renews: -1,
        ended: '',
      });
    }
  }

  const closes: number[] = [];
  for (let n = random.count(company.attempts_per_account); n > 0; n--) closes.push(drawCloseDay(world));
  closes.sort((a, b) => a - b);

  for (let at = 0; ;) {
    const live = subscriptions.filter((one) => one.ended === '');
    const due = live.length > 0 ? Math.min(...live.map((one) => one.until)) : STILL;
    const attempt = at < closes.length ? closes[at]! : STILL;
    if (due - 25 > today + 130 && attempt === STILL) break;
    if (due <= attempt) {
      renew(due);
      if (due + 18 >= today) break;
    } else {
      at++;
      if (!gone)
        tell(
          live.length > 0 || account.customerSince < attempt ? expansion(live, attempt) : 'new',
          attempt,
          live,
        );
    }
  }
  if (!gone)
    for (let n = random.count(company.open_per_account); n > 0; n--) {
      const live = subscriptions.filter((one) => one.ended === '' && one.until > today);
      const closesOn = today + 1 + Math.floor(190 * random.next() * (0.3 + 0.7 * random.next()));
      tell(account.customerSince < today ? expansion(live, closesOn) : 'new', closesOn, live);
    }
  teller.account(account, subscriptions, deals);

  function expansion(live: Subscription[], on: number): DealType {
    const longer = live.some((one) => one.until > on + 100);
    return longer && random.chance(company.upsell_share) ? 'upsell' : 'cross_sell';
  }

  function renew(due: number): void {
    const group = subscriptions.filter((one) => one.ended === '' && one.until <= due + 100);
    let closesOn = Math.max(firstDay, workday(due + random.whole(-25, 18)));
    if (closesOn >= today && closesOn < today + 8) closesOn = today + 8;
    const won = tell('renewal', closesOn, group);
    if (won === 'open') for (const one of group) one.ended = one.until > today ? '' : 'churned';
    else for (const one of group) one.ended = won === 'won' ? 'renewed' : 'churned';
    gone = won === 'lost' && subscriptions.every((one) => one.ended !== '');
  }

  function tell(type: DealType, closesOn: number, live: Subscription[]): Deal['outcome'] {
    const deal = drawDeal(world, account, type, closesOn, live, counters);
    deals.push(deal);
    if (deal.outcome === 'won') {
      account.customerSince = Math.min(account.customerSince, closesOn);
      for (const line of deal.lines) {
        const old = subscriptions.find((one) => one.number === line.renews);
        const from = old ? Math.max(old.until, closesOn - 30) : startOf(closesOn);
        line.startsOn = line.product.pricePeriod === 'once' ? closesOn : from;
        if (recurring(line.product)) {
          line.subscription = counters.subscriptions++;
          subscriptions.push({
            number: line.subscription,
            product: line.product,
            quantity: line.quantity,
            from,
            until: addMonths(from, line.termMonths),
            line,
            dealId: deal.id,
            renews: line.renews,
            ended: '',
          });
        }
      }
    }
    teller.deal(deal);
    return deal.outcome;
  }
}

export const recurring = (product: Product): boolean =>
  product.pricePeriod !== 'once' && product.offerModel !== 'consumption';

/** Service starts on the first of the month after the close. */
export function startOf(closesOn: number): number {
  const text = iso(closesOn);
  return addMonths(closesOn - Number(text.slice(8, 10)) + 1, 1);
}

/** Hundredths of a piece: seats by segment and product; consumption may be bought in tenths. */
export function quantityOf(world: World, account: Account, product: Product): number {
  const { random } = world;
  const pieces = account.segment.seats * product.seatShare * Math.exp(0.6 * random.normal());
  if (product.offerModel === 'consumption') return Math.max(100, Math.round(pieces * 10) * 10);
  return Math.max(1, Math.round(pieces)) * 100;
}

/** A business day by the season's weights, drawn to the quarter's end as often as planted. */
function drawCloseDay(world: World): number {
  const { random, today, settings } = world;
  const q = world.quarters.first + random.weighted(world.quarters.weights);
  const [start, end] = [quarterStart(q), quarterStart(q + 1)];
  const { share_of_deals, at_2330_on_the_last_day } = settings.planted.quarter_end;
  if (end <= today && random.chance(share_of_deals)) {
    if (random.chance(at_2330_on_the_last_day)) return end - 1;
    return workday(
      Math.min(
        end - 1,
        lastBusinessDays(q, settings.company.rush_business_days) + Math.floor(random.next() * 14),
      ),
    );
  }
  const on = start + Math.floor(random.next() * (Math.min(end, today) - start));
  return workday(on) < start ? on + 2 : workday(on);
}

/** The same day, or the Friday before a weekend. */
function workday(on: number): number {
  const past = weekday(on) - 4;
  return past > 0 ? on - past : on;
}
