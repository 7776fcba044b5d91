import { unowned, type Scope } from '../../access/scope.ts';
import type { Column, Row } from '../../design/table.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';

interface Scales {
  stage: number | null;
  models: string | null;
  cx: number | null;
  loops: number;
  months_coached: number;
}

const stages: Record<number, string> = {
  1: 'Product-Market Fit',
  2: 'Go-to-Market Fit',
  3: 'Ecosystem Fit',
  4: 'Solution Package',
};

const query = (test: string) => `
  select
    (select stage from core.organisation_stage, meta.build where coalesce(from_on <= data_on, true)
      order by from_on desc nulls last limit 1) as stage,
    (select string_agg(model, ', ' order by model) from
      (select distinct lower(offer_model) as model from core.product where offer_model is not null)) as models,
    (select median from core.maturity_answer join core.maturity_quarter using (fiscal_quarter)
      where is_last and scope_kind = 'company' and indicator_id = 'cx-level' and is_enough) as cx,
    (select coalesce(max(n), 0) from core.maturity_figure join core.maturity_quarter using (fiscal_quarter)
      where is_last and scope_kind = 'company' and figure = 'kinds_of_loop_closed')::double as loops,
    (select count(distinct date_trunc('month', held_on)) from core.coaching_session, meta.build
      where held_on > data_on - interval 6 month and coalesce(lower(kind), 'coaching') <> 'training')::double as months_coached
  where ${test}`;

const loopStage = ({ loops, months_coached: months }: Scales) => {
  if (loops > 0 && months >= 6) return 'Closed loop: lessons travel, and coaching keeps a cadence';
  if (months >= 6) return 'Process: coaching in each of the last six months';
  return months > 0 ? 'Event: coaching now and then' : null;
};

const supplier = ({ models }: Scales) => {
  if (models === null) return null;
  const levels = models
    .split(', ')
    .map((model) => ({ capex: 2, subscription: 3, consumption: 3, outcome: 4 })[model] ?? 0);
  return `Up to level ${Math.max(...levels)} of 4: sells by ${models}`;
};

/** Scales that stand beside the three domains: organisation stage, supplier level, customer experience, loops. */
export async function otherScales(
  warehouse: Warehouse,
  scope: Scope,
): Promise<{ columns: Column[]; rows: Row[] }> {
  const seen = unowned(scope);
  const [found] = await warehouse.remember(`maturity scales ${JSON.stringify(scope)}`, () =>
    warehouse.rows<Scales>(query(seen.test), seen.parameters),
  );
  const told = found ?? { stage: null, models: null, cx: null, loops: 0, months_coached: 0 };
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
      row('Enablement loop', loopStage(told), 'coaching sessions tell it'),
    ],
  };
}
