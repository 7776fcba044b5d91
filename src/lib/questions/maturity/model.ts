import type { Warehouse } from '../../warehouse/warehouse.ts';

/** The maturity model as data/maturity/indicators.yaml has it, as far as pages show it. */
export interface MaturityModel {
  minimum_answers: number;
  minimum_departments: number;
  answers_count_for_quarters: number;
  levels: string[];
  /** `said` names the domain inside of a sentence. */
  domains: Record<string, { label: string; said: string; question: string }>;
  indicators: ModelIndicator[];
  published: { finding: string; source: string }[];
}

export interface ModelIndicator {
  id: string;
  domain: string;
  label: string;
  statement: string;
  source: string;
  who: string;
  evidence?: string;
  needs?: string[];
  assessed?: { needs: Record<string, number>; answers: string[] };
  computed?: { figure: string; words: string; shown_as?: 'share' | 'number' | 'yes or no' }[];
}

/** The model that the build was made with: the same for every reader. */
export function maturityModel(warehouse: Warehouse): Promise<MaturityModel> {
  return warehouse.remember('maturity model', async () => {
    const [row] = await warehouse.rows<{ model: string }>('select model from meta.maturity_model');
    return JSON.parse(row!.model) as MaturityModel;
  });
}
