import type { Factor, MixCell } from '../../src/lib/statistics/mixModel.ts';

/** What is true of made requests for approval. */
export interface MadeRequests {
  approvers: number;
  /** The share that is granted of the usual request. */
  granted: number;
  /** What the first approver grants more often. */
  effect: number;
}

const bands = [
  { name: '20', share: 0.5, harder: 0.02 },
  { name: '25', share: 0.3, harder: 0 },
  { name: '30', share: 0.2, harder: -0.05 },
];

/** Requests of approvers with unlike mixes and numbers; deeper ones are granted less often. The first has 120. */
export function madeRequests({ approvers, granted, effect }: MadeRequests, random: () => number) {
  const cells = Array.from({ length: approvers }, (_, at) => {
    const n = at === 0 ? 120 : Math.round(15 * 14 ** random());
    const tilt = 0.6 * (random() - 0.5);
    const of = new Map<string, { n: number; granted: number }>();
    for (let request = 0; request < n; request += 1) {
      const way = random() + tilt;
      const band = way < 0.5 ? bands[0]! : way < 0.8 ? bands[1]! : bands[2]!;
      const chance = Math.min(1, granted + band.harder * 0.5 + (at === 0 ? effect : 0));
      const cell = of.get(band.name) ?? { n: 0, granted: 0 };
      of.set(band.name, { n: cell.n + 1, granted: cell.granted + Number(random() < chance) });
    }
    return [...of].map(([band, { n: deals, granted: outcome }]): MixCell => ({
      ...{ unit: `approver ${at}`, levels: [band], deals, weight: deals, squares: deals, outcome },
      ...{ counted: deals, countedSquares: deals, rates: outcome, squaredRates: outcome },
    }));
  }).flat();
  const factors: Factor[] = [{ name: 'asked', prior: 1 }];
  return { cells, factors };
}
