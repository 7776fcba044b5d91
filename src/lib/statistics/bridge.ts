/** One group of deals in the two periods of a bridge; list and discount in one currency, both ≥ 0. */
export interface BridgeGroup {
  name: string | null;
  list: { before: number; now: number };
  discount: { before: number; now: number };
}

export interface RateBridge {
  before: number;
  now: number;
  /** Σ (w₁−w₀)(r₀−R₀) over groups present in both periods: the company sold more where discounts are deeper. */
  mix: number;
  /** Σ w₁(r₁−r₀) over groups present in both periods: the same kind of deal got more. */
  rate: number;
  /** Groups that sold nothing before, by their weight and their distance from the old rate. */
  added: number;
  /** Groups that sold nothing now. */
  gone: number;
  /** What other exchange rates alone did to the earlier period's rate. */
  currency: number;
  /** Each group's part of `rate`, largest magnitude first. */
  byGroup: { name: string | null; rate: number; mix: number }[];
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

function totals(groups: readonly BridgeGroup[]) {
  return {
    list: { before: sum(groups.map((g) => g.list.before)), now: sum(groups.map((g) => g.list.now)) },
    discount: {
      before: sum(groups.map((g) => g.discount.before)),
      now: sum(groups.map((g) => g.discount.now)),
    },
  };
}

/**
 * Splits the change of the discount rate (Σ discount ÷ Σ list, fractions) between two periods into mix, rate,
 * groups new and groups gone; the parts add up to the change. The interaction falls to the rate effect, by
 * the definition of the rate bridge in the metric dictionary. Null where either period has no list.
 */
export function rateBridge(groups: readonly BridgeGroup[]): RateBridge | null {
  const { list, discount } = totals(groups);
  if (!(list.before > 0) || !(list.now > 0)) return null;
  const before = discount.before / list.before;
  const now = discount.now / list.now;
  const parts = groups.map((group) => {
    const weight = { before: group.list.before / list.before, now: group.list.now / list.now };
    const rate = {
      before: group.discount.before / group.list.before,
      now: group.discount.now / group.list.now,
    };
    const inBefore = group.list.before > 0;
    const inNow = group.list.now > 0;
    return {
      name: group.name,
      mix: inBefore && inNow ? (weight.now - weight.before) * (rate.before - before) : 0,
      rate: inBefore && inNow ? weight.now * (rate.now - rate.before) : 0,
      added: !inBefore && inNow ? weight.now * (rate.now - before) : 0,
      gone: inBefore && !inNow ? -weight.before * (rate.before - before) : 0,
    };
  });
  return {
    before,
    now,
    mix: sum(parts.map((part) => part.mix)),
    rate: sum(parts.map((part) => part.rate)),
    added: sum(parts.map((part) => part.added)),
    gone: sum(parts.map((part) => part.gone)),
    currency: 0,
    byGroup: parts
      .map(({ name, rate, mix }) => ({ name, rate, mix }))
      .sort((a, b) => Math.abs(b.rate) - Math.abs(a.rate)),
  };
}

export interface DollarBridge {
  before: number;
  now: number;
  /** (L₁−L₀) R₀: selling more at the old rate. */
  volume: number;
  mix: number;
  rate: number;
  added: number;
  gone: number;
  /** What other exchange rates alone did to the earlier period's discount. */
  currency: number;
  /** What later exports changed of the earlier period since it was over. */
  restatement: number;
  /** Each group's part of `rate` in money, largest magnitude first. */
  byGroup: { name: string | null; rate: number; mix: number }[];
}

/**
 * Splits the change of discount spend between two periods: volume at the old rate, and the rate bridge's
 * parts times the list of the later period. The parts add up to the change. Null where the earlier period
 * has no list to take the old rate from.
 */
export function dollarBridge(groups: readonly BridgeGroup[]): DollarBridge | null {
  const { list, discount } = totals(groups);
  const rates = rateBridge(groups);
  if (!rates) return null;
  const inMoney = (share: number) => share * list.now;
  return {
    before: discount.before,
    now: discount.now,
    volume: (list.now - list.before) * rates.before,
    mix: inMoney(rates.mix),
    rate: inMoney(rates.rate),
    added: inMoney(rates.added),
    gone: inMoney(rates.gone),
    currency: 0,
    restatement: 0,
    byGroup: rates.byGroup.map(({ name, rate, mix }) => ({ name, rate: inMoney(rate), mix: inMoney(mix) })),
  };
}

/** A bridge that began at the later period's exchange rates, with what these alone did as a part of its own. */
export function fromOwnRates<Bridge extends RateBridge | DollarBridge>(
  bridge: Bridge,
  before: number,
): Bridge {
  return { ...bridge, before, currency: bridge.before - before };
}

/** A bridge that begins at what the earlier period was when it was over, with what was changed of it since. */
export const fromFirstReported = (bridge: DollarBridge, restated: number): DollarBridge => ({
  ...bridge,
  before: bridge.before - restated,
  restatement: restated,
});
