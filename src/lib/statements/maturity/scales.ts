import type { Column, Row } from '../../design/table.ts';
import type { Scales } from '../../questions/maturity/scales.ts';
import type { Stage } from '../coaching/sections.ts';

const stages: Record<number, string> = {
  1: 'Product-Market Fit',
  2: 'Go-to-Market Fit',
  3: 'Ecosystem Fit',
  4: 'Solution Package',
};

/** Levels of a supplier by what it sells, after the four of "B4B" (Wood, Hewlin & Lah 2013). */
const supplierLevel: Record<string, number> = { capex: 2, subscription: 3, consumption: 3, outcome: 4 };

const coaching: Record<Stage, string | null> = {
  none: null,
  event: 'Event: coaching now and then',
  process: 'Process: a cadence of coaching',
  'closed loop': 'Closed loop: a process whose lessons travel',
};

function supplier({ models }: Scales): string | null {
  const known = (models ?? []).filter((model) => supplierLevel[model] !== undefined);
  if (known.length === 0) return null;
  return `Up to level ${Math.max(...known.map((model) => supplierLevel[model]!))} of 4: sells by ${known.join(', ')}`;
}

/** Scales that stand beside the three domains: organisation stage, supplier, customer experience, enablement. */
export function scalesTable(told: Scales, stage: Stage): { columns: Column[]; rows: Row[] } {
  const row = (scale: string, stands: string | null, unlocks: string): Row => ({
    key: scale,
    cells: { scale, stands: stands ?? 'unknown' },
    faint: stands === null,
    ...(stands === null ? { notes: { stands: unlocks } } : {}),
  });
  return {
    columns: [
      { id: 'scale', label: 'Scale', sortable: false },
      { id: 'stands', label: 'Where we stand', sortable: false, phone: 'line' },
    ],
    rows: [
      row(
        'Organisation stage',
        told.stage === null ? null : `${told.stage}: ${stages[told.stage] ?? ''}`,
        'organisation_stage in holdfast.yaml tells it',
      ),
      row('Supplier level', supplier(told), 'offer_model of products tells it'),
      row(
        'Customer experience',
        told.cx === null ? null : `Level ${Math.floor(told.cx)} of 3, by the median answer`,
        'the questionnaire tells it',
      ),
      row('Enablement loop', coaching[stage], 'coaching sessions tell it'),
    ],
  };
}
