import { describe, expect, it } from 'vitest';
import { concentration, MOST_DRAWN } from './concentration.ts';
import { concentrationByMix } from './concentrationByMix.ts';
import { concentrationOfSums, sumsOf } from './concentrationOfSums.ts';
import { normalFrom, randomFrom } from './random.ts';

/** Deals of twelve reps with sizes 10-fold, one of whom gives twice as much. */
function madeDeals(count: number) {
  const random = randomFrom(3);
  return Array.from({ length: count }, (_, at) => {
    const share = 100 * 10 ** random();
    return { unit: `rep ${at % 12}`, share, amount: share * random() * (at % 12 === 0 ? 0.4 : 0.2) };
  });
}

function ofSums(deals: ReturnType<typeof madeDeals>) {
  const names = [...new Set(deals.map(({ unit }) => unit))];
  const unitOf = Int32Array.from(deals, ({ unit }) => names.indexOf(unit));
  return concentrationOfSums(sumsOf(deals, unitOf, names))!;
}

describe('concentration from the sums of units', () => {
  const deals = madeDeals(MOST_DRAWN);
  const [one, whole] = [concentration(deals)!, ofSums(deals)];

  it('is the same curve, with the interval that drawing deals one by one gives', () => {
    expect(whole.curve).toEqual(one.curve);
    expect(whole.index).toBe(one.index);
    const width = one.indexInterval!.high - one.indexInterval!.low;
    expect(Math.abs(whole.indexInterval!.low - one.indexInterval!.low)).toBeLessThan(0.12 * width);
    expect(Math.abs(whole.indexInterval!.high - one.indexInterval!.high)).toBeLessThan(0.12 * width);
    const spread = one.hhiInterval!.high - one.hhiInterval!.low;
    expect(Math.abs(whole.hhiInterval!.high - one.hhiInterval!.high)).toBeLessThan(0.15 * spread);
    expect(whole.indexByChance).toBeCloseTo(one.indexByChance!, 2);
  });

  it('is how more deals than can be drawn one by one are told', () => {
    const many = [...deals, ...madeDeals(1)];
    expect(concentration(many)).toEqual(ofSums(many));
  });
});

describe('concentration by mix alone', () => {
  const normal = normalFrom(randomFrom(11));
  const units = Array.from({ length: 40 }, (_, at) => {
    const share = 100 + 10 * at;
    const expected = share * (at < 10 ? 0.3 : 0.15);
    return { share, expected, error: 0.1 * expected, observed: expected * (1 + 0.1 * normal()) };
  });

  it('holds the curve of units that differ by mix and chance', () => {
    const found = concentrationByMix(units)!;
    const sold = units.map(({ observed, share }, at) => ({ unit: `${at}`, share, amount: observed }));
    const { index, curve } = concentration(sold)!;
    expect(index).toBeGreaterThan(found.low);
    expect(index).toBeLessThan(found.high);
    for (const { share, amount } of curve) {
      const near = found.curve[Math.round(share * 50)]!;
      expect(amount).toBeGreaterThan(near.low - 0.03);
      expect(amount).toBeLessThan(near.high + 0.03);
    }
  });

  it('runs from nothing to all, as the mix itself where there is no chance', () => {
    const certain = concentrationByMix(units.map((unit) => ({ ...unit, error: 0 })))!;
    expect(certain.curve[0]).toMatchObject({ share: 0, amount: 0 });
    expect(certain.curve.at(-1)!.amount).toBeCloseTo(1, 12);
    const mix = units.map(({ expected, share }, at) => ({ unit: `${at}`, share, amount: expected }));
    expect(certain.index).toBeCloseTo(concentration(mix)!.index, 12);
    expect(certain.low).toBeCloseTo(certain.high, 12);
  });

  it('is not known of one unit, or of nothing', () => {
    expect(concentrationByMix(units.slice(0, 1))).toBeNull();
    expect(concentrationByMix(units.map((unit) => ({ ...unit, observed: 0 })))).toBeNull();
  });
});
