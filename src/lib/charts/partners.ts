import * as Plot from '@observablehq/plot';
import type { Table } from 'apache-arrow';
import { rate } from '../design/formats.ts';
import type { Chart, ChartOptions, RowOf } from './chart.ts';
import { ACCENT, ALARM, HALO, INK_2, INK_3, isNarrow, NEUTRAL, plotOn, RULE, tip } from './ground.ts';
import { rowsOf } from './rows.ts';

const columns = {
  name: 'text',
  /** Of all bookings, a fraction. */
  share: 'number',
  /** A fraction; null where no list price is known. */
  discount_rate: 'number',
  /** From here on a partner is a dependence. */
  line: 'number',
  /** Too few deals to compare. */
  faint: 'flag',
} as const;

type Partner = RowOf<typeof columns>;

/** Names, the largest first, that would not stand on one named before; the others are in the tip and the table. */
function apart(
  partners: readonly Partner[],
  place: (partner: Partner) => { x: number; y: number },
): Partner[] {
  const kept: Partner[] = [];
  for (const partner of partners) {
    const { x, y } = place(partner);
    const meets = (other: Partner) => Math.abs(place(other).y - y) < 15 && Math.abs(place(other).x - x) < 150;
    if (!kept.some(meets)) kept.push(partner);
  }
  return kept;
}

/** Partners by their share of bookings, to the right, and the discount they get, upwards; a line at the dependence. */
function draw(table: Table, options: ChartOptions): Element {
  const partners = rowsOf(columns, table).filter(({ discount_rate }) => discount_rate !== null);
  const line = partners[0]?.line ?? 0.1;
  const furthest = Math.max(line * 1.25, ...partners.map(({ share }) => (share ?? 0) * 1.1));
  const rates = partners.map(({ discount_rate }) => discount_rate!);
  const [low, high] = [Math.min(...rates, 0.1), Math.max(...rates, 0.2)];
  const narrow = isNarrow(options);
  const colour = ({ share, faint }: Partner) => (faint ? NEUTRAL : (share ?? 0) >= line ? ALARM : ACCENT);
  const named = apart(partners.slice(0, narrow ? 2 : 5), ({ share, discount_rate }) => ({
    x: ((share ?? 0) / furthest) * options.width,
    y: (discount_rate! / (high - low)) * 160,
  }));
  const title = ({ name, share, discount_rate }: Partner) =>
    `${name}: ${rate(share)} of bookings at ${rate(discount_rate)} discount`;
  return plotOn(options, {
    height: narrow ? 260 : 280,
    margin: 0,
    marginTop: 24,
    marginBottom: 34,
    marginLeft: 44,
    marginRight: narrow ? 16 : 60,
    x: { domain: [0, furthest], axis: null },
    y: { domain: [low - (high - low) * 0.15, high + (high - low) * 0.15], axis: null },
    marks: [
      Plot.axisX({
        ticks: narrow ? 4 : 6,
        tickSize: 0,
        tickFormat: (share: number) => rate(share, 0),
        color: INK_3,
        label: null,
      }),
      Plot.axisY({
        ticks: 4,
        tickSize: 0,
        tickFormat: (share: number) => rate(share, 0),
        color: INK_3,
        label: null,
      }),
      Plot.gridY({ ticks: 4, stroke: RULE }),
      Plot.ruleX([line], { stroke: ALARM, strokeDasharray: '4,3' }),
      Plot.text([line], {
        x: (at: number) => at,
        frameAnchor: 'top',
        dy: -14,
        text: (at: number) => `${rate(at, 0)} of bookings`,
        fill: INK_2,
      }),
      Plot.dot(partners, { x: 'share', y: 'discount_rate', r: 5, fill: colour, title, ...tip(options) }),
      ...(['start', 'end'] as const).map((textAnchor) =>
        Plot.text(
          named.filter(({ share }) => (textAnchor === 'end') === (share ?? 0) > furthest * 0.65),
          {
            ...HALO,
            x: 'share',
            y: 'discount_rate',
            dx: textAnchor === 'end' ? -9 : 9,
            textAnchor,
            text: 'name',
            fill: INK_2,
          },
        ),
      ),
    ],
  });
}

export const partners: Chart<typeof columns> = { columns, draw };
