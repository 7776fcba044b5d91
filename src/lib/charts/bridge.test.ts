import { expect, it } from 'vitest';
import { drawn } from './testing/drawn.ts';

const part = (label: string, amount: number, kind = 'part') => ({
  id: label,
  label,
  amount,
  kind,
  alarm: false,
});

it('leads from one spend to the other, part by part', () => {
  const rows = [
    part('FY26 Q2', 3_600_000, 'total'),
    part('Volume', 800_000),
    part('Gone', -200_000),
    part('FY26 Q3', 4_200_000, 'total'),
  ];
  const { numbers, texts } = drawn('dollarBridge', rows);
  const [volume, gone] = numbers('rect', 'width');
  expect(gone! / volume!).toBeCloseTo(1 / 4, 6);
  const [from, to] = numbers('circle', 'cx');
  const [start, back] = numbers('rect', 'x');
  expect(from).toBeCloseTo(start!, 6);
  expect(to).toBeCloseTo(back!, 6);
  expect(texts()).toEqual(
    expect.arrayContaining(['FY26 Q2', '$3.6\u00a0M', '+$800,000', '−$200,000', '$4.2\u00a0M']),
  );
});

it('says rates in percent and their changes in points', () => {
  const rows = [part('FY26 Q2', 0.164, 'total'), part('Mix', 0.0042), part('FY26 Q3', 0.1682, 'total')];
  expect(drawn('rateBridge', rows).texts()).toEqual(
    expect.arrayContaining(['16.4%', '+0.42\u00a0pts', '16.8%']),
  );
});

it('stands still where nothing changed', () => {
  const { numbers } = drawn('rateBridge', [part('a', 0.1, 'total'), part('Mix', 0), part('b', 0.1, 'total')]);
  const [from, to] = numbers('circle', 'cx');
  expect(from).toBe(to);
  expect(Number.isFinite(from)).toBe(true);
});
