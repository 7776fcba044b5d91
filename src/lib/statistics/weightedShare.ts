import type { Interval } from './bootstrap.ts';
import { wilson } from './wilson.ts';

/**
 * 95% interval of a share by weight, such as of dollars: hits ÷ total, over things whose squared weights sum to
 * `squares`. The score interval (wilson) at the effective number of things, (Σw)² ÷ Σw² (Kish 1965, "Survey
 * Sampling", section 11.7): a few large deals say as little as few deals do. Null where there is no weight. It holds
 * where weight and outcome have little to do with each other, and is a guide where they do.
 */
export function weightedShare(hits: number, total: number, squares: number): Interval | null {
  if (!(total > 0) || !(squares > 0)) return null;
  const effective = total ** 2 / squares;
  return wilson(Math.min(1, Math.max(0, hits / total)) * effective, effective);
}
