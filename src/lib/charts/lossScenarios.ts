import * as Plot from '@observablehq/plot';
import type { Table } from 'apache-arrow';
import { moneyShort, moneyTight } from '../design/formats.ts';
import type { Chart, ChartOptions, RowOf } from './chart.ts';
import { ACCENT, ALARM, HALO, INK, INK_2, INK_3, isNarrow, NEUTRAL, plotOn, tip } from './ground.ts';
import { rowsOf } from './rows.ts';

const columns = {
  /** `one deal in ten lost`, in order */
  scenario: 'text',
  /** Money a year, with a 95% interval. */
  worth: 'number',
  low: 'number',
  high: 'number',
  /** It is told from nothing. */
  found: 'flag',
} as const;

type Scenario = RowOf<typeof columns>;

/** What holding the price is worth in a year, by how many of the affected deals it loses. */
function draw(table: Table, options: ChartOptions): Element {
  const scenarios = rowsOf(columns, table);
  const narrow = isNarrow(options);
  const say = (value: number | null) => moneyShort(value, options.currency!);
  // What may as well be nothing is no gain and no loss.
  const colour = ({ low, high, found }: Scenario) =>
    found && (low ?? 0) > 0 ? ACCENT : found && (high ?? 0) < 0 ? ALARM : NEUTRAL;
  return plotOn(options, {
    height: (narrow ? 74 : 54) * scenarios.length + 30,
    margin: 0,
    marginTop: 10,
    marginBottom: 30,
    marginLeft: narrow ? 8 : 190,
    marginRight: narrow ? 8 : 40,
    x: { axis: null, nice: true, ...(scenarios.length === 0 ? { domain: [0, 1] } : { inset: 24 }) },
    y: { type: 'band', domain: scenarios.map(({ scenario }) => scenario), axis: null },
    marks: [
      Plot.axisX({
        ticks: narrow ? 3 : 6,
        label: null,
        tickSize: 0,
        fill: INK_3,
        tickFormat: narrow ? (value: number) => moneyTight(value, options.currency!) : say,
      }),
      Plot.ruleX(scenarios.length > 0 ? [0] : [], { stroke: INK }),
      Plot.link(scenarios, {
        x1: 'low',
        x2: 'high',
        y1: 'scenario',
        y2: 'scenario',
        stroke: colour,
        strokeWidth: 1.75,
      }),
      Plot.dot(scenarios, {
        x: 'worth',
        y: 'scenario',
        r: 5,
        fill: colour,
        title: ({ scenario, worth, low, high }: Scenario) =>
          `${scenario}: ${say(worth)} a year (${say(low)} to ${say(high)})`,
        ...tip(options),
      }),
      Plot.text(scenarios, {
        ...HALO,
        x: 'worth',
        y: 'scenario',
        dy: -13,
        text: ({ worth }: Scenario) => say(worth),
        fill: INK,
        fontWeight: 600,
      }),
      Plot.text(scenarios, {
        ...HALO,
        frameAnchor: 'left',
        y: 'scenario',
        dx: narrow ? 0 : -186,
        // Where it has no room beside its line it stands above it, its worth between.
        dy: narrow ? -30 : 0,
        textAnchor: 'start',
        text: 'scenario',
        fill: INK_2,
      }),
    ],
  });
}

export const lossScenarios: Chart<typeof columns> = { columns, draw };
