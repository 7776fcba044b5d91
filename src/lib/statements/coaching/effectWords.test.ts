import { describe, expect, it } from 'vitest';
import type { OutcomeEffect } from '../../questions/coaching/effects.ts';
import { judge } from '../../statistics/verdict.ts';
import { winRate } from '../../questions/coaching/outcomes.ts';
import { coachingHeadline, effectInWords } from './effectWords.ts';

/** An effect on the win rate, in fractions; found by `managers` managers. */
function effect(
  estimate: number,
  error: number | null,
  more: { flag?: boolean; stands?: boolean; managers?: number } = {},
) {
  const { flag = false, stands = true, managers = 5 } = more;
  return {
    ...{ outcome: winRate, minimumEffect: 0.03, stands, why: null },
    main: {
      overall: judge({ estimate, error, df: 8 }, 0.03),
      ...{ events: [], leads: { tested: 3, p: 0.5, flag }, treated: 12, untreated: 30, neverTreated: 9 },
      ...{ treatedOutcomes: 60, clusters: 9, treatedClusters: managers, leftOut: 0 },
    },
  } satisfies OutcomeEffect;
}

describe('what coaching did, in words', () => {
  it('is an effect with its interval, and which way it goes', () => {
    expect(effectInWords(effect(0.08, 0.02))).toBe(
      'Since they are coached, reps’ win rate is 8.0\u00a0points higher than it would have been (95% interval +3.4 to +12.6 points).',
    );
    expect(coachingHeadline([effect(-0.08, 0.02)], 100)).toBe(
      'Since they are coached, reps’ win rate is 8.0\u00a0points lower than it would have been.',
    );
  });

  it('is cannot tell where an effect worth acting on could have gone unseen', () => {
    expect(effectInWords(effect(0.01, 0.02))).toBe(
      'Whether coaching changed the win rate cannot be told: anything from −3.6 to +5.6 points fits, and only 6.4\u00a0points or more would show.',
    );
    expect(coachingHeadline([effect(0.01, 0.02, { stands: false })], 100)).toBe(
      'Whether coaching changed the win rate cannot be told yet.',
    );
  });

  it('is no effect larger than something where the data would have shown one', () => {
    const words = 'Coaching had no effect on the win rate larger than 1.3\u00a0points.';
    expect(effectInWords(effect(-0.001, 0.005))).toBe(words);
    expect(coachingHeadline([effect(-0.001, 0.005, { stands: false })], 100)).toBe(words);
  });

  it('is not said where it does not survive the other outcomes, or was there before', () => {
    expect(effectInWords(effect(0.06, 0.024, { stands: false }))).toMatch(/by chance\.$/);
    expect(effectInWords(effect(0.08, 0.02, { flag: true, stands: false }))).toMatch(/already moved before/);
    expect(coachingHeadline([effect(0.08, 0.02, { flag: true, stands: false })], 100)).toMatch(
      /cannot be told yet/,
    );
  });

  it('is not said from one manager, nor from none at all', () => {
    expect(effectInWords(effect(-0.05, null, { managers: 1, stands: false }))).toMatch(
      /with 1 manager who coaches/,
    );
    const none = {
      ...effect(0, null),
      main: null,
      why: 'Coaching began after the last quarter that is over.',
    };
    expect(effectInWords(none)).toBe(
      'What coaching did to the win rate cannot be told. Coaching began after the last quarter that is over.',
    );
    expect(coachingHeadline([none], 0)).toMatch(/^No coaching is recorded/);
  });
});
