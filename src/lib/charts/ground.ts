import * as Plot from '@observablehq/plot';
import type { ChartOptions } from './chart.ts';

export const INK = 'var(--ink)';
export const INK_2 = 'var(--ink-2)';
export const INK_3 = 'var(--ink-3)';
export const RULE = 'var(--rule)';
export const ACCENT = 'var(--accent)';
export const ALARM = 'var(--alarm)';
export const NEUTRAL = 'var(--neutral)';
export const PAPER = 'var(--paper)';

/** Keeps text readable where it stands on a line. */
export const HALO = { stroke: PAPER, strokeWidth: 4 } as const;

/** Below this width a chart takes its layout for phones. */
export const NARROW = 480;

export const isNarrow = ({ width }: ChartOptions): boolean => width < NARROW;

/** A Plot on our ground: type and colours come from the page's sheet, so themes and paper need no redrawing. */
export function plotOn(options: ChartOptions, plot: Plot.PlotOptions): SVGSVGElement {
  const { document, width, label } = options;
  const figure = Plot.plot({
    ...plot,
    document,
    width,
    style: { fontFamily: 'var(--sans)', fontSize: isNarrow(options) ? '13px' : '12px', overflow: 'visible' },
  });
  // Plot names its groups for screen readers; inside of an image that has its own text they say nothing.
  for (const part of figure.querySelectorAll('g[aria-label]')) part.removeAttribute('aria-label');
  figure.setAttribute('role', 'img');
  if (label !== undefined) figure.setAttribute('aria-label', label);
  return figure as SVGSVGElement;
}

/** What the pointer meets, when the chart is alive; on the server the mark's own title does it. */
export function tip({ alive }: ChartOptions) {
  return alive ? { tip: { fill: 'var(--raised)', stroke: INK_3, fontSize: 12, maxRadius: 60 } } : {};
}

/** A size kept between two bounds. */
export const between = (low: number, size: number, high: number): number =>
  Math.min(high, Math.max(low, size));
