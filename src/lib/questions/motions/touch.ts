import { alone, requestOf, type Asking } from '../../asking/asking.ts';
import type { Column, Row } from '../../design/table.ts';
import { answer } from '../../metrics/answer.ts';
import type { Scope } from '../../metrics/request.ts';
import { CROWDED } from '../../metrics/measures/motions.ts';
import { MINIMUM_DEALS } from '../../statistics/standOut.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { numberIn } from './retention.ts';

const steps = ['quote', 'configure', 'close', 'book', 'provision', 'entitle', 'credit'];
const motions = ['land', 'expand', 'renew', 'new', 'mixed'];

export interface Touch {
  /** Over all steps and motions. */
  rate: number | null;
  known: number;
  columns: Column[];
  rows: Row[];
}

/** Share of deals that needed a person at each step, by motion; null where it was never recorded. */
export async function touch(warehouse: Warehouse, asking: Asking, scope: Scope): Promise<Touch | null> {
  const measures = ['touch_rate', 'steps_known'];
  const ask = (by: string[]) => answer(warehouse, requestOf(alone(asking), { measures, by }), scope);
  const [cells, whole] = await Promise.all([ask(['step', 'motion']), ask(['step'])]);
  const known = numberIn(whole.totals, 'steps_known') ?? 0;
  if (known === 0) return null;
  const met = motions.filter((name) => cells.rows.some(({ motion }) => motion === name));
  const rateOf = (step: string, motion: string) => {
    const row = cells.rows.find((one) => one.step === step && one.motion === motion);
    return row && (numberIn(row, 'steps_known') ?? 0) >= MINIMUM_DEALS ? numberIn(row, 'touch_rate') : null;
  };
  const inOrder = whole.rows.toSorted(
    (a, b) => steps.indexOf(String(a.step)) - steps.indexOf(String(b.step)),
  );
  return {
    rate: numberIn(whole.totals, 'touch_rate'),
    known,
    columns: [
      { id: 'name', label: 'Step', sortable: false },
      { id: 'known', label: 'Deals', unit: 'count', sortable: false, phone: 'line' },
      { id: 'all', label: 'All', unit: 'rate', bar: true, sortable: false, phone: 'figure' },
      ...met.map((id): Column => ({ id, label: id, unit: 'rate', sortable: false, phone: 'line' })),
    ],
    rows: inOrder.map((row) => ({
      key: String(row.step),
      cells: {
        name: String(row.step),
        known: numberIn(row, 'steps_known'),
        all: numberIn(row, 'touch_rate'),
        ...Object.fromEntries(met.map((motion) => [motion, rateOf(String(row.step), motion)])),
      },
      faint: (numberIn(row, 'steps_known') ?? 0) < MINIMUM_DEALS,
    })),
  };
}

export interface Meetings {
  ratio: number | null;
  crowded: number;
  meetings: number;
  columns: Column[];
  rows: Row[];
}

/** Our people to theirs in sales meetings, by motion; null where no attendance is known. */
export async function meetings(warehouse: Warehouse, asking: Asking, scope: Scope): Promise<Meetings | null> {
  const { rows, totals } = await answer(
    warehouse,
    requestOf(alone(asking), { measures: ['people_ratio', 'crowded_meetings', 'meetings'], by: ['motion'] }),
    scope,
  );
  const held = numberIn(totals, 'meetings') ?? 0;
  if (held === 0) return null;
  return {
    ratio: numberIn(totals, 'people_ratio'),
    crowded: numberIn(totals, 'crowded_meetings') ?? 0,
    meetings: held,
    columns: [
      { id: 'name', label: 'Motion', sortable: false },
      { id: 'meetings', label: 'Meetings', unit: 'count', sortable: false, phone: 'line' },
      { id: 'ratio', label: 'Ours to theirs', unit: 'number', sortable: false, phone: 'figure' },
      {
        id: 'crowded',
        label: `${CROWDED} of ours to one, or more`,
        unit: 'rate',
        sortable: false,
        phone: 'line',
      },
    ],
    rows: motions.concat('null').flatMap((name): Row[] => {
      const row = rows.find(({ motion }) => String(motion) === name);
      const count = row ? (numberIn(row, 'meetings') ?? 0) : 0;
      if (!row || count === 0) return [];
      const ratio = numberIn(row, 'people_ratio');
      return [
        {
          key: name,
          cells: {
            name: name === 'null' ? 'no motion known' : name,
            meetings: count,
            ratio,
            crowded: (numberIn(row, 'crowded_meetings') ?? 0) / count,
          },
          alarm: ratio !== null && ratio >= CROWDED ? ['ratio'] : [],
          faint: count < MINIMUM_DEALS,
        },
      ];
    }),
  };
}
