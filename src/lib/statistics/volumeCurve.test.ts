import { expect, it } from 'vitest';
import { randomFrom } from './random.ts';
import { atVolume, volumeLines, type Buyer } from './volumeCurve.ts';
import { weightedFit } from './weightedFit.ts';

const random = randomFrom(11);
const buyers = Array.from({ length: 60 }, (_, at): Buyer => {
  const volume = 10 + 6 * random();
  const own = Array.from(
    { length: 1 + Math.floor(3 * random()) },
    () => 0.1 + 0.01 * volume + 0.1 * (random() - 0.5),
  );
  const sum = (of: (rate: number) => number) => own.reduce((total, rate) => total + of(rate), 0);
  return {
    ...{ group: `buyer ${at < 4 ? 'of a group' : at}`, segment: 'SMB', side: (at % 2) as 0 | 1, volume },
    ...{ deals: own.length, rates: sum((rate) => rate), squaredRates: sum((rate) => rate ** 2) },
  };
});

/** The line through deals by Gram and Schmidt, at a volume. */
function fittedAt(of: readonly Buyer[], volume: number): number {
  const column = (value: (buyer: Buyer) => number) => Float64Array.from(of, value);
  const { residuals } = weightedFit(
    {
      ...{ outcomes: column(({ rates, deals }) => rates / deals), weights: column(({ deals }) => deals) },
      ...{ cluster: new Int32Array(of.length), clusters: 1, unit: null, units: 0 },
    },
    [column(() => 1), column((buyer) => buyer.volume)],
  );
  const fits = of.map(({ volume: x, rates, deals }, at) => ({
    x,
    y: rates / deals - residuals[at]! / Math.sqrt(deals),
  }));
  const [a, b] = [fits[0]!, fits.find(({ x }) => Math.abs(x - fits[0]!.x) > 1)!];
  return a.y + ((b.y - a.y) / (b.x - a.x)) * (volume - a.x);
}

it('is the least-squares line through everyone else on the same side of time', () => {
  const expected = atVolume(buyers);
  buyers.forEach((buyer, at) => {
    const rest = buyers.filter(({ group, side }) => group !== buyer.group && side === buyer.side);
    // Ours holds the slope to zero by one deal's worth.
    expect(expected[at]!.value).toBeCloseTo(fittedAt(rest, buyer.volume), 2);
  });
});

it('tells nothing where too few others are left', () => {
  expect(atVolume(buyers.slice(0, 6))).toEqual(new Array(6).fill(null));
});

it('finds the slope of a segment', () => {
  expect(volumeLines(buyers).get('SMB')!.slope).toBeCloseTo(0.01, 2);
});
