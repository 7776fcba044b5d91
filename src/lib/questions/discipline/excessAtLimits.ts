import { bunching, type Bunching } from '../../statistics/bunching.ts';
import type { LimitedRate } from './limitedRates.ts';

/** What is known of one limit. */
export interface ExcessAtLimit {
  limit: number;
  found: Bunching;
}

/**
 * The excess at each limit that rates closed from a day up to a day (both included) can tell of, the worst first;
 * `draws` of the bootstrap, the method's own number where not given; `inclusive` where the limit itself may be granted.
 */
export function excessAtLimits(
  rates: readonly Omit<LimitedRate, 'role' | 'segment' | 'kind'>[],
  from: string,
  to: string,
  draws?: number,
  inclusive = true,
): ExcessAtLimit[] {
  const within = rates.filter(({ closed_on }) => closed_on >= from && closed_on <= to);
  const limits = [...new Set(within.map(({ max_rate }) => max_rate))];
  return limits
    .flatMap((limit) => {
      const given = within
        .filter(({ max_rate }) => max_rate === limit)
        .map(({ rate, deal_id }) => ({ rate, deal: deal_id }));
      const { bunching: found } = bunching(given, limit, {
        inclusive,
        ...(draws ? { draws } : {}),
      });
      return found && found.share.low !== null ? [{ limit, found }] : [];
    })
    .sort((a, b) => b.found.share.estimate - a.found.share.estimate);
}
