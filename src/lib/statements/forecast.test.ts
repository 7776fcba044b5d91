import { describe, expect, it } from 'vitest';
import type { Accuracy, LeadAccuracy } from '../questions/forecast/accuracy.ts';
import { forecastKinds, forecastSplits, type ForecastChoice } from '../questions/forecast/choice.ts';
import type { GroupAccuracy } from '../questions/forecast/groups.ts';
import { forecastAccuracy } from '../statistics/forecastAccuracy.ts';
import { judge } from '../statistics/verdict.ts';
import { forecastHeadline, forecastStandfirst } from './forecast.ts';
import { accuracyInWords, emptyInWords, groupsInWords } from './forecastSections.ts';

const choice = { kind: forecastKinds[0]!, weeks: 4, split: forecastSplits[0]! } as ForecastChoice;
const quarters = [164, 90, 250].map((forecast, at) => ({
  ...{ period: `2027-Q${at + 1}`, forecast, actual: 100, naive: null },
}));
const withBias = (estimate: number, error: number): Accuracy => {
  const lead = {
    ...{ weeks: 4, quarters: [], skillYearAgo: null, accuracy: forecastAccuracy(quarters) },
    bias: judge({ estimate, error, df: 2 }, 0.05),
  } as LeadAccuracy;
  return { leads: [lead], quarters: 3 };
};
const group = (name: string, stands: boolean): GroupAccuracy => ({
  ...{ id: name, name, forecast: 164, actual: 100, bias: 0.64, error: 0.17, deals: 186, effective: 35 },
  ...{ low: 0.16, high: 1.33, p: stands ? 0.006 : 0.5, stands, wape: 0.8, quarters: 3 },
});

describe('a region by itself whose deals say that it leans', () => {
  const found = withBias(0.64, 0.4);
  const groups = [group('Iberia', true)];

  it('is not said to lean where its quarters cannot tell, in headline or section', () => {
    expect(forecastHeadline(found, groups, choice)).toBe(
      'Iberia forecast 64% too much four weeks before the end of the quarter; whether it does so quarter after quarter, 3 quarters cannot tell.',
    );
    const section = accuracyInWords(found, choice, groups);
    expect(section).toContain(
      'is not chance among its deals; that it is so quarter after quarter cannot be told',
    );
    expect(section).not.toContain('Whether it leans one way cannot be told (');
  });

  it('names both samples and the deals it comes from, and compares with no other', () => {
    const said = forecastStandfirst(found, groups, choice, 'Of it, two deals.')!;
    expect(said).toContain('With its 186 deals as the sample');
    expect(said).toContain('with its quarters as the sample it may be chance');
    expect(said).toMatch(/Of it, two deals\.$/);
    expect(said).not.toMatch(/only one|Compared are/);
  });

  it('leans where its quarters say so too', () => {
    const sure = withBias(0.64, 0.05);
    expect(forecastHeadline(sure, groups, choice)).toContain('Iberia forecasts 64% too much');
    expect(forecastStandfirst(sure, groups, choice)).toContain('and so it is with its quarters');
  });
});

it('says which deals a lean comes from beside who else is compared', () => {
  const groups = [group('Iberia', true), group('West', false)];
  expect(groupsInWords(groups, choice, 'Of it, two deals.')).toMatch(/chance explains\. Of it, two deals\.$/);
  expect(forecastStandfirst(withBias(0.1, 0.2), groups, choice, 'Of it, two deals.')).toContain(
    '3 quarters that are over. Of it, two deals. It is the only one of 2',
  );
});

it('does not read as if nothing was won where a bar of the bridge is empty', () => {
  expect(emptyInWords({ empty: ['Moved down a category', 'Won, history not known'] })).toBe(
    'Bars that no deal is in, and so are not drawn: “Moved down a category”, “Won, history not known”.',
  );
  expect(emptyInWords({ empty: [] })).toBeUndefined();
});
