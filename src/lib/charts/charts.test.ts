import { describe, expect, it } from 'vitest';
import type { ChartName } from './chart.ts';
import { charts } from './charts.ts';
import { drawing } from './render.ts';
import { drawn } from './testing/drawn.ts';

const hostile = `</text><script>alert("1")</script><img src=x onerror=alert(1)> " ' & \u202e\u200f =cmd|'/c calc'`;

/** Two rows in the chart's columns, with the hostile text wherever text may stand. */
function hostileRows(name: ChartName) {
  const values = { text: hostile, number: 3, flag: true };
  const fill = (at: number) =>
    Object.entries(charts[name].columns).map(([column, kind]) => {
      if (column === 'period') return [column, `2026-Q${at}`];
      if (column === 'close_month') return [column, `2026-1${at}`];
      if (column === 'id') return [column, hostile + at];
      if (column === 'kind') return [column, 'total'];
      return [column, values[kind]];
    });
  return [1, 2].map((at) => Object.fromEntries(fill(at)));
}

describe.each(Object.keys(charts) as ChartName[])('%s', (name) => {
  const draw = (rows: unknown[], width: number) => drawn(name, rows as never, width, hostile);

  it.each([328, 1120])('writes hostile labels as text at %d pixels', (width) => {
    const { svg, all, text } = draw(hostileRows(name), width);
    expect(all('script, img, foreignObject, a, [onerror], [onload]')).toEqual([]);
    expect(text.replace(/="[^"]*"/g, '')).not.toMatch(/<script|<img/i);
    expect(svg.getAttribute('aria-label')).toBe(hostile);
    expect(svg.nextSibling).toBeNull();
  });

  it('draws nothing from no rows, and does not fail', () => {
    expect(draw([], 560).all('rect, circle')).toEqual([]);
  });

  it('is one image with a text, in colours of the sheet', () => {
    const { svg, all, text } = draw(hostileRows(name), 800);
    expect(svg.getAttribute('role')).toBe('img');
    expect(all('[aria-label]')).toEqual([]);
    expect(text.replace(/--plot-background: white/g, '')).not.toMatch(
      /#[0-9a-f]{3,6}\b|rgb\(|(?:fill|stroke)="(?:white|black|steelblue)"/i,
    );
  });
});

it('gives the same drawing the same text without drawing it again', () => {
  const rows = [{ period: '2026-Q1', value: 1 }];
  expect(drawn('sparkline', rows).text).toBe(drawn('sparkline', rows).text);
  expect(
    drawn('sparkline', [
      { period: '2026-Q1', value: 1 },
      { period: '2026-Q2', value: 2 },
    ]).text,
  ).not.toBe(drawn('sparkline', rows).text);
  expect(drawing('sparkline', rows).of.ipc.length).toBeGreaterThan(0);
});
