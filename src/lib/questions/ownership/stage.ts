import type { Warehouse } from '../../warehouse/warehouse.ts';

export interface StageFrom {
  stage: number;
  from: string;
}

/** What the organisation's stages are called (Disruption Selling). */
export const stageNames: Record<number, string> = {
  1: 'Product-Market Fit',
  2: 'Go-to-Market Fit',
  3: 'Ecosystem Fit',
  4: 'Solution Package',
};

export interface Rule {
  stage: number;
  influence: string;
  role: string;
  role_if_partner_led: string;
  is_inferred: boolean;
}

/** The organisation's stages as configured, oldest first, and who has to own what at each. */
export async function stagesAndRules(warehouse: Warehouse): Promise<{ stages: StageFrom[]; rules: Rule[] }> {
  return warehouse.remember('stages and rules', async () => ({
    stages: await warehouse.rows<StageFrom>(
      'select stage, from_on as "from" from core.organisation_stage order by from_on',
    ),
    rules: await warehouse.rows<Rule>(
      `select stage, influence, any_value(role) filter (not is_partner_led) as role,
         any_value(role) filter (is_partner_led) as role_if_partner_led, bool_or(is_inferred) as is_inferred
       from core.required_role group by stage, influence order by stage, influence`,
    ),
  }));
}
