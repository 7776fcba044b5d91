import { wilson } from '../../src/lib/statistics/wilson.ts';
import type { Cell, Tally } from './cell.ts';
import { isMet } from './met.ts';

export interface Tried {
  cell: Cell;
  tally: Tally;
}

const percent = (share: number, digits = 1) => `${(100 * share).toFixed(digits)}%`;

function aimInWords(aim: Cell['aim']): string {
  if ('atLeast' in aim) return `≥ ${percent(aim.atLeast, 0)}`;
  if ('atMost' in aim) return `≤ ${percent(aim.atMost, 0)}`;
  if ('noMoreThan' in aim) return `≤ ${percent(aim.noMoreThan, 0)} (exact test, p ≥ 0.001)`;
  return `${percent(aim.is, 0)} (exact test, p ≥ 0.001)`;
}

function rowOf({ cell, tally }: Tried): string[] {
  const { low, high } = wilson(tally.happened, tally.tried)!;
  return [
    cell.method,
    cell.facts,
    cell.counted,
    aimInWords(cell.aim),
    `${percent(tally.happened / tally.tried)} (${percent(low)}–${percent(high)})`,
    isMet(cell.aim, tally) ? 'yes' : '**no**',
  ];
}

const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

/** The committed table: what each method does on facts whose truth is known. */
export function tableOf(found: readonly Tried[], runs: number): string {
  const head = ['method', 'what is true of the made facts', 'counted', 'aim', 'measured', 'met'];
  return [
    '# Do the intervals hold what they promise?',
    '',
    `Each line tries a method ${runs.toLocaleString('en-US')} times on facts that were made so that the truth is known, ` +
      'by the same code as the pages. In brackets: 95% interval of the measured share (Wilson 1927).',
    '',
    'Written by `npm run calibrate`; the seed is fixed, so the same code writes the same table.',
    '',
    line(head),
    line(head.map(() => '---')),
    ...found.map((each) => line(rowOf(each))),
    '',
  ].join('\n');
}
