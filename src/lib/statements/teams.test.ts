import { describe, expect, it } from 'vitest';
import type { MeasureBenchmark, TeamUnit } from '../questions/teams/teamBenchmarks.ts';
import { teamMeasures } from '../questions/teams/teamMeasures.ts';
import { teamChoice } from '../questions/teams/unitKinds.ts';
import { findingOf, personHeadline } from './teamPerson.ts';
import { measureInWords, teamsHeadline, teamsStandfirst, unitInWords } from './teams.ts';

const choice = teamChoice(new URLSearchParams());
const limits = { low: 0.8, high: 1.2 };

function unit(
  name: string,
  more: Partial<TeamUnit> = {},
  compared: Partial<TeamUnit['compared']> | null = {},
): TeamUnit {
  const base = { unit: name, name, deals: 41, weight: 1000, effective: 20, observed: 258, expected: 166 };
  const inside = { outside: 'no', p: 0.6, clear: false, stands: false } as const;
  return {
    ...base,
    ...{ error: 20, z: 4, ratio: 1.55 },
    compared: compared && {
      ...inside,
      ...{
        error: 0.12,
        limits95: limits,
        limits998: limits,
        believed: { ratio: 1.32, low: 1.09, high: 1.55 },
      },
      ...compared,
    },
    ...more,
  };
}
const stated = { outside: '99.8%', clear: true, stands: true, p: 1e-6 } as const;
const found = (id: string, units: TeamUnit[]): MeasureBenchmark => {
  const measure = teamMeasures.find((one) => one.id === id)!;
  return { measure, scale: measure.scale, between: 0, deals: 100, leftOut: [], known: true, units };
};

describe('what is said of teams', () => {
  it('leads with who stands apart, with the figures where it is one', () => {
    const one = found('discount', [unit('Ann', {}, stated), unit('Bea')]);
    expect(teamsHeadline([one], choice)).toBe(
      'Ann gives away, at discretion, 25.8% of list; others give 16.6% on such deals.',
    );
    const two = found('discount', [unit('Ann', {}, stated), unit('Bea', {}, stated), unit('Cy')]);
    expect(teamsHeadline([two], choice)).toBe('Ann and Bea give away more than others with such deals.');
    expect(teamsStandfirst([two], choice)).toContain('Of 3 comparisons, 2 are more than chance explains.');
  });

  it('says that nobody differs, and how many are outside by chance', () => {
    const none = found('win', [
      unit('Ann', {}, { outside: '95%' }),
      ...'bcdefghij'.split('').map((name) => unit(name)),
    ]);
    expect(teamsHeadline([none], choice)).toBe(
      'No rep differs from others with such deals by more than chance explains.',
    );
    expect(measureInWords(none, choice)).toBe(
      'No rep stands apart: 1 is outside the 95% limits, and chance alone would put 0.5 of 10 there.',
    );
  });

  it('says that too few deals are compared with nothing', () => {
    const few = found('discount', [unit('Ann', { deals: 2, effective: 1.6 }, null)]);
    expect(teamsHeadline([few], choice)).toBe('Too few deals to compare reps.');
    expect(measureInWords(few, choice)).toContain('nobody is compared');
    expect(findingOf(few, few.units[0]!, choice)).toBe('Not compared: 2 deals: compared from 10 on.');
    expect(personHeadline('Ann', [few], 'Ann', choice)).toBe('Ann has too few deals to be compared.');
    const large = unit('Bea', { effective: 3 }, null);
    expect(findingOf(few, large, choice)).toBe(
      'Not compared: rests on a few large deals: 41 deals weigh like 3.0.',
    );
  });

  it('cannot tell where a gap worth acting on could have gone unseen, and bounds it where not', () => {
    const near = { observed: 168, ratio: 168 / 166 };
    const vague = unit('Ann', near);
    // 2.80 × 0.12 × 16.6% = 5.6 points, where one point is worth acting on.
    expect(findingOf(found('discount', [vague]), vague, choice)).toBe(
      '16.8%, expected 16.6%, 41 deals. Cannot tell: 41 deals would show only a gap of 5.6\u00a0pts or more.',
    );
    const sharp = unit('Ann', near, { error: 0.02 });
    expect(findingOf(found('discount', [sharp]), sharp, choice)).toContain(
      'No gap larger than 0.9\u00a0pts.',
    );
  });

  it('writes cycles in days and forecasts beside what was won', () => {
    const cycle = unit('Ann', { weight: 1, observed: Math.log(120), expected: Math.log(80) });
    expect(unitInWords(found('cycle', [cycle]), cycle)).toBe('120 days, expected 80 days, 41 deals');
    const bias = unit('Ann', { weight: 1, observed: Math.log(1.64), expected: Math.log(0.95) }, stated);
    expect(measureInWords(found('bias', [bias]), choice)).toBe(
      'Ann’s forecasts were 64.0% above what was won in the same quarters.',
    );
    expect(unitInWords(found('bias', [bias]), bias)).toBe('64.0% above what was won, 41 deals');
    expect(teamsHeadline([found('bias', [bias, { ...bias, name: 'Bea' }])], choice)).toBe(
      'Ann and Bea forecast more than was won.',
    );
    expect(findingOf(found('bias', [bias]), bias, choice)).not.toContain('expected');
  });
});

describe('what stands under the headline', () => {
  const rep = found('discount', [unit('Ann'), unit('Bea')]);
  const west = found('discount', [unit('West', { observed: 275, expected: 186 }, stated), unit('South')]);

  it('says of when and against whom, and the region that its reps hide', () => {
    const said = teamsStandfirst([rep], choice, null, [west]);
    expect(said).toMatch(/^Over all there is, each rep is set beside .* quarter and region come to/);
    expect(said).toContain('forecasts are held against what was won');
    expect(said).toContain('What all of a region do alike does not show here.');
    expect(said).toMatch(/By region: West gives away, at discretion, 27\.5% of list; others give 18\.6%/);
    expect(teamsStandfirst([rep], choice, 'FY27 Q3')).toMatch(/^In FY27 Q3, each rep/);
  });

  it('says nothing of regions where reps are held against the company', () => {
    const company = teamChoice(new URLSearchParams('against=company'));
    expect(teamsStandfirst([rep], company, null, [west])).not.toMatch(/By region|alike/);
  });

  it('does not say that none of no comparisons is more than chance', () => {
    const nobody = found('discount', [unit('Ann', { deals: 2 }, null)]);
    expect(teamsStandfirst([nobody], choice)).toContain('Nobody has enough deals to be compared.');
    expect(teamsStandfirst([nobody], choice)).not.toContain('Of 0');
  });
});
