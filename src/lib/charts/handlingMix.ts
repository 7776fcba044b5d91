import * as Plot from '@observablehq/plot';
import type { Table } from 'apache-arrow';
import { rate } from '../design/formats.ts';
import type { Chart, ChartOptions, RowOf } from './chart.ts';
import { ACCENT, INK, INK_2, isNarrow, NEUTRAL, plotOn, tip } from './ground.ts';
import { rowsOf } from './rows.ts';

const columns = {
  /** "Renewals" */
  activity: 'text',
  /** "ours" or "2019 survey" */
  who: 'text',
  /** alone, with others, not involved */
  how: 'text',
  /** A fraction; the three of one bar sum to 1. */
  share: 'number',
} as const;

type Part = RowOf<typeof columns>;

const fills: Record<string, { fill: string; fillOpacity: number; ink: string }> = {
  alone: { fill: ACCENT, fillOpacity: 1, ink: 'var(--paper)' },
  'with others': { fill: ACCENT, fillOpacity: 0.3, ink: INK },
  'not involved': { fill: NEUTRAL, fillOpacity: 0.3, ink: INK },
};

/** How the original seller is involved, ours above the survey's, one bar of 100% each. */
function draw(table: Table, options: ChartOptions): Element {
  const parts = rowsOf(columns, table).filter(({ share }) => (share ?? 0) > 0);
  const activities = [...new Set(parts.map(({ activity }) => activity))];
  const who = [...new Set(parts.map((part) => part.who))];
  const left = isNarrow(options) ? 84 : 96;
  // A letter takes about seven pixels, and the percentage after it five letters.
  const narrow = ({ how, share }: Part) => share! * (options.width - left) < 7 * (how.length + 5);
  return plotOn(options, {
    height: activities.length * (who.length * 30 + 46),
    marginLeft: left,
    marginRight: 2,
    marginTop: 22,
    marginBottom: 2,
    x: { domain: [0, 1], axis: null },
    y: { domain: who, axis: null, padding: 0.16 },
    fy: { domain: activities, axis: null, paddingInner: 0.32, paddingOuter: 0 },
    marks: [
      Plot.text(activities, {
        fy: (activity: string) => activity,
        text: (activity: string) => activity,
        frameAnchor: 'top-left',
        dx: -left,
        dy: -16,
        fill: INK,
        fontWeight: 600,
      }),
      Plot.text(
        activities.flatMap((activity) => who.map((name) => ({ activity, name }))),
        {
          fy: 'activity',
          y: 'name',
          text: 'name',
          frameAnchor: 'left',
          dx: -left,
          textAnchor: 'start',
          fill: INK_2,
        },
      ),
      Plot.barX(parts, {
        y: 'who',
        fy: 'activity',
        x1: (part: Part) => before(parts, part),
        x2: (part: Part) => before(parts, part) + part.share!,
        fill: ({ how }: Part) => fills[how]?.fill ?? NEUTRAL,
        fillOpacity: ({ how }: Part) => fills[how]?.fillOpacity ?? 1,
        title: ({ activity, who: of, how, share }: Part) =>
          `${activity}, ${of}: original seller ${how} ${rate(share)}`,
        ...tip(options),
      }),
      Plot.text(parts, {
        y: 'who',
        fy: 'activity',
        x: (part: Part) => before(parts, part) + part.share! / 2,
        text: (part: Part) =>
          part.share! < 0.05 ? '' : narrow(part) ? rate(part.share, 0) : `${part.how} ${rate(part.share, 0)}`,
        fill: (part: Part) => fills[part.how]?.ink ?? INK,
      }),
    ],
  });
}

/** What stands left of a part in its bar. */
function before(parts: Part[], part: Part): number {
  const order = Object.keys(fills);
  return parts
    .filter(({ activity, who }) => activity === part.activity && who === part.who)
    .filter(({ how }) => order.indexOf(how) < order.indexOf(part.how))
    .reduce((sum, { share }) => sum + share!, 0);
}

export const handlingMix: Chart<typeof columns> = { columns, draw };
