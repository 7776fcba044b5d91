import { describe, expect, it } from 'vitest';
import type { Motion, Motions } from '../questions/motions/motionTable.ts';
import type { Retained, Retention } from '../questions/motions/retention.ts';
import { motionsInWords } from './motionSections.ts';
import { motionsHeadline, retentionInWords } from './motions.ts';

const motionsOf = (...motions: [string, number][]): Motions => {
  const net = motions.reduce((sum, [, own]) => sum + own, 0);
  return {
    net,
    motions: motions.map(([motion, own]) => ({ motion, net: own, discountRate: 0.2, cycle: null }) as Motion),
  } as Motions;
};

const retained = (net: number, low: number, high: number, withRates = net): Retained => ({
  gross: { rate: 0.9, interval: { low: 0.85, high: 0.95 } },
  net: { rate: net, interval: { low, high } },
  withRates: { gross: 0.92, net: withRates },
  logos: { rate: 0.9, interval: { low: 0.8, high: 0.95 } },
  customers: 50,
  stayed: 45,
});
const horizon = { id: 'year', label: 'A year', quarters: 4, period: '2026' } as const;
const kept = (year: Retained): Retention => ({
  spans: [{ horizon, retained: year }],
  bridge: null,
  quarters: [],
});
const headline = (year: Retained) =>
  motionsHeadline(kept(year), motionsOf(['renew', 1]), { now: null, before: null });

describe('what is said of motions', () => {
  it('takes no dearer currency for customers who pay more', () => {
    expect(headline(retained(1.039, 0.984, 1.094, 1.073))).toBe(
      "10.0% of what customers paid a year earlier was lost by now; whether growth made up for it can't be told.",
    );
    expect(headline(retained(1.1, 1.02, 1.18, 0.99))).toContain(
      'paid 10.0% more by now, exchange rates left out (with them 1.0% less);',
    );
    expect(headline(retained(0.9, 0.82, 0.98))).not.toContain('exchange');
  });

  it('says why a span is not told', () => {
    const three = { ...horizon, id: 'three_years', quarters: 12 } as const;
    const unknown: Retained = { ...retained(1, 1, 1), gross: { rate: null, interval: null } };
    const found = kept(retained(1.1, 1.02, 1.18));
    expect(retentionInWords(found, String)).not.toContain("can't");
    expect(retentionInWords(found, String)).toContain(
      '90.0% gross (92.0% with exchange rates) and 110.0% net.',
    );
    found.spans.push({ horizon: three, retained: unknown });
    expect(retentionInWords(found, String)).toMatch(/can't be told over three years: no contract is known/);
  });

  it('tells growth apart from what is renewed', () => {
    expect(motionsInWords(motionsOf(['land', 100], ['expand', 300], ['renew', 600]), 'USD')).toMatch(
      /^Of \$1,000 booked, \$600 \(60%\) renews .*\$400 is growth: expand deals bring \$300 \(75%\), land deals \$100 \(25%\)\. Expand deals/,
    );
    expect(motionsInWords(motionsOf(['renew', 600]), 'USD')).toContain('nothing of it is growth');
    expect(motionsInWords(motionsOf(['land', 600]), 'USD')).toMatch(/^\$600 was booked, all of it growth/);
  });
});
