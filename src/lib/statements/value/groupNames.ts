import type { Compared } from '../../questions/value/comparison.ts';
import type { SignId } from '../../questions/value/quality.ts';
import type { Rfp } from '../../questions/value/rfp.ts';
import { signWords } from './sections.ts';

const rfps: Record<string, string> = {
  unknown: 'we did not know of it',
  known_without_content: 'we knew of it, not what it held',
  content_known: 'we knew what it held, and shaped nothing',
  shaped: 'we had shaped it',
};
export const rfpName = (id: string): string => rfps[id] ?? id;

const models: Record<string, string> = {
  trusted_expert: 'trusted expert',
  divide_and_optimize: 'divide and optimize',
};

/** "new or risky, sold by a trusted expert: fits" */
export function fitName(id: string): string {
  const [purchase, model] = id.split('|') as [string, string];
  const fits = (purchase === 'new or risky') === (model === 'trusted_expert');
  return `${purchase}, ${models[model]}: ${fits ? 'fits' : 'does not fit'}`;
}

export function fitNarrower(id: string): Record<string, string> {
  const [purchase, selling_model] = id.split('|') as [string, string];
  return { purchase, selling_model };
}

const measured = ({ measure }: Compared) => (measure === 'discount_rate' ? 'Discount' : 'Win rate');

export const valueComparison = (one: Compared): string => `${measured(one)}, value on record against none`;
export const rfpComparison = (one: Compared): string => `${measured(one)}, shaped against the rest`;
export const fitComparison = (one: Compared): string =>
  `${measured(one)}, ${one.id.replace('fit, ', '')}: fitting model against the other`;
export const qualityComparison = (one: Compared): string =>
  `${measured(one)}, ${signWords[one.id.replace('quality, ', '') as SignId]} against none`;

/** The lines of the trend: what we shaped, and what we did not know of. */
export const rfpCourses = ({ quarters }: Rfp) =>
  (['shaped', 'unknown'] as const).flatMap((series) =>
    quarters.map((quarter) => ({
      period: quarter.period,
      series: series === 'shaped' ? 'shaped' : 'not known of',
      value: quarter[series] / quarter.deals,
    })),
  );
