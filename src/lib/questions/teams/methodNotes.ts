import type { MeasureBenchmark } from './teamBenchmarks.ts';
import type { TeamChoice } from './unitKinds.ts';

const ofForecasts = [
  'Forecast: won to date and open in commit, four weeks before the end of each quarter that is over, ÷ what was won. Each is held against what was won, not against others: who forecasts right where others lean does not stand out. The page of forecasts judges the same way.',
  'Limits: from deals as the sample, with Student’s t of the effective deals. Stated is who is outside the 95% limits and survives a false-discovery rate of 10% over all whose forecasts are compared here.',
];

/** How a measure's comparison is made, for whoever opens "explain". */
export function methodNotes(
  { measure, leftOut }: MeasureBenchmark,
  { kind, against, discounts }: TeamChoice,
): string[] {
  if (measure.id === 'bias') return ofForecasts;
  const region = kind.id === 'rep' && against === 'region' ? ' and region' : '';
  return [
    `Expected: an additive model over segment, deal type, product family, size, quarter${region}, fitted to everyone else’s deals (indirect standardisation, Breslow & Day 1987).`,
    'Limits: 95% and 99.8%, from deals drawn anew among those of their mix, widened by how much more than chance the units vary (Spiegelhalter 2005).',
    'Believed: drawn towards the others by how little there is to go by (empirical Bayes, Morris 1983). A unit is stated where it is outside the limits, its interval leaves out 1, and the difference, every deal counted once, survives a false-discovery rate of 10% over all comparisons with others on the page.',
    `Compared from ten deals on, if they don’t rest on a few large ones. Association: a mix that is not recorded is not taken out.`,
    ...(measure.id === 'discount' && discounts === 'discretionary'
      ? ['Counted are lines whose discount someone decided; programmes are left out.']
      : []),
    ...(measure.id === 'cycle'
      ? [
          'Open deals count as not yet over: a long deal counts for more where few deals are old enough to have been seen that long (inverse probability of censoring, Satten & Datta 2001). The typical length is the geometric mean.',
        ]
      : []),
    ...(leftOut.length > 0
      ? [
          `Left out of the mix, since it is known for won deals and seldom for lost ones: ${leftOut.join(', ')}.`,
        ]
      : []),
  ];
}
