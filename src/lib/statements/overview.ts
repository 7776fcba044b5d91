import { count, pointsInterval } from '../design/formats.ts';
import type { Column, Row } from '../design/table.ts';
import type { Difference } from '../questions/differences.ts';

const kinds: Record<string, string> = {
  region: 'Region',
  segment: 'Segment',
  manager_id: 'Manager',
  rep_id: 'Rep',
};

/** The comparisons that may be stated, costliest first, with their intervals. */
export function whoDiffers(differences: readonly Difference[]): {
  answer: string;
  columns: Column[];
  rows: Row[];
} {
  const stated = differences
    .filter(({ stands }) => stands)
    .toSorted((a, b) => Math.abs(b.dollars) - Math.abs(a.dollars));
  const compared = count(differences.length, 'group');
  const answer =
    differences.length === 0
      ? 'No region, segment, manager or rep has what it takes to compare: ten deals at a known list price, not resting on a few large ones.'
      : stated.length === 0
        ? `${compared} compared; none differs by more than chance explains.`
        : `${compared} compared; ${stated.length === 1 ? 'one differs' : `${stated.length} differ`} from the rest by more than chance explains. Deal mix is not taken out.`;
  return {
    answer,
    columns: [
      { id: 'name', label: 'Who', sortable: false },
      { id: 'kind', label: 'Compared with other', sortable: false, phone: 'line' },
      { id: 'rate', label: 'Rate', unit: 'rate', sortable: false, phone: 'line' },
      { id: 'rest', label: 'The others', unit: 'rate', sortable: false, phone: 'line' },
      { id: 'gap', label: 'Gap', unit: 'points', signed: true, sortable: false, phone: 'line' },
      { id: 'interval', label: '95% interval', sortable: false, phone: 'line' },
      { id: 'deals', label: 'Deals', unit: 'count', sortable: false, phone: 'line' },
      { id: 'dollars', label: 'Comes to', unit: 'money', signed: true, sortable: false, phone: 'figure' },
    ],
    rows: stated.map((found) => ({
      key: `${found.dimension} ${found.name}`,
      cells: {
        name: found.name,
        kind: `${(kinds[found.dimension] ?? found.dimension).toLowerCase()}s`,
        rate: found.rate,
        rest: found.rest,
        gap: found.gap,
        interval: pointsInterval(found.low, found.high),
        deals: found.deals,
        dollars: found.dollars,
      },
      alarm: found.gap > 0 ? ['dollars'] : [],
    })),
  };
}
