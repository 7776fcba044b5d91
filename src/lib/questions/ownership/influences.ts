import type { Asking } from '../../asking/asking.ts';
import type { Scope } from '../../metrics/request.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { judgedCells } from './cells.ts';
import type { OwnershipSettings } from './settings.ts';
import { stagesAndRules, type Rule, type StageFrom } from './stage.ts';

/** Days of open deals by how an influence was owned. */
export interface Clarity {
  influence: string;
  days: number;
  one: number;
  none: number;
  several: number;
  wrongRole: number;
  deals: number;
}

export interface Influences {
  /** By influence, in the order of the table of rules; only what someone has to own at the stage. */
  byInfluence: Clarity[];
  all: Clarity;
  /** Deals with any influence recorded, and deals open in the same time: how far this reaches. */
  recorded: number;
  stages: StageFrom[];
  rules: Rule[];
  /** No stage is configured and none is chosen: roles can't be judged. */
  noStage: boolean;
  ignored: string[];
}

interface Row {
  influence: string;
  days: number;
  one: number;
  none: number;
  several: number;
  wrong_role: number;
  deals: number;
}

/**
 * Ownership clarity: cells of deal × influence × day while open with exactly one owner of the required role, out of
 * all cells, with none, several and wrong role beside it. Source of the rules: document 000 (Disruption Selling).
 */
export async function influences(
  warehouse: Warehouse,
  asking: Asking,
  scope: Scope,
  { stage }: OwnershipSettings,
): Promise<Influences> {
  const { sql, parameters, ignored } = judgedCells(asking, scope, stage);
  const [{ stages, rules }, rows] = await Promise.all([
    stagesAndRules(warehouse),
    warehouse.remember(`influences ${sql} ${JSON.stringify(parameters)}`, () =>
      warehouse.rows<Row & { required: boolean }>(
        `with ${sql}
         select coalesce(influence, 'all') as influence, required, sum(days)::double as days,
           sum(case when owned_by = 'one' then days else 0 end)::double as one,
           sum(case when owned_by = 'none' then days else 0 end)::double as none,
           sum(case when owned_by = 'several' then days else 0 end)::double as several,
           sum(case when owned_by = 'wrong role' then days else 0 end)::double as wrong_role,
           count(distinct deal_id)::double as deals
         from (select *, required_role is not null as required from cell)
         group by grouping sets ((influence, required), (required))`,
        parameters,
      ),
    ),
  ]);
  const clarity = ({ wrong_role: wrongRole, influence, days, one, none, several, deals }: Row): Clarity => ({
    ...{ influence, days, one, none, several, wrongRole, deals },
  });
  const required = rows.filter(({ required }) => required);
  const nothing = { influence: 'all', days: 0, one: 0, none: 0, several: 0, wrong_role: 0, deals: 0 };
  return {
    byInfluence: required
      .filter(({ influence }) => influence !== 'all')
      .map(clarity)
      .sort((a, b) => a.influence.localeCompare(b.influence)),
    all: clarity(required.find(({ influence }) => influence === 'all') ?? nothing),
    recorded: Math.max(0, ...rows.map(({ deals }) => deals)),
    stages,
    rules,
    noStage: stage === null && stages.length === 0,
    ignored,
  };
}
