import { alone, dealsHref, downloadDoors, requestOf } from '$lib/asking/asking.ts';
import { drawing } from '$lib/charts/render.ts';
import { count } from '$lib/design/formats.ts';
import { bunchingAtLimits, type AtLimit } from '$lib/questions/discipline/bunchingAtLimits.ts';
import { explanationOf } from '$lib/records/explanation.ts';
import * as words from '$lib/statements/discipline/bunching.ts';
import type { Asked } from './asked.ts';

/** Half of a bin's rounding: bins hold their upper end. */
const HAIR = 0.005;

const rowsOf = ({ limit, result }: AtLimit) =>
  (result.bunching?.bins ?? []).map(({ upTo, found, expected, inWindow }) => ({
    ...{ up_to: upTo, found, expected, in_window: inWindow },
    is_at_limit: Math.abs(upTo - limit) < 1e-6,
  }));

/** Whether discounts gather at the approval limits. */
export async function bunchingSection({ warehouse, asking, scope }: Asked) {
  const found = await bunchingAtLimits(warehouse, asking, scope);
  const decided = {
    dimension: 'discount_kind',
    not: false,
    kind: 'one of' as const,
    values: [found.kind],
  };
  const measures = ['lines', 'discount'];
  const request = requestOf(alone(asking), { measures, filters: [...asking.filters, decided] });
  const behind = (limit: number) =>
    dealsHref(asking, {
      discount_kind: found.kind,
      discount_percent: found.inclusive
        ? `${limit - 1 + HAIR}..${limit + HAIR}`
        : `${limit - 1}..${limit - HAIR}`,
    });
  return {
    looked: words.bunchingLooked(found),
    shown: (stands: (id: string) => boolean) => ({
      said: words.bunchingSaid(found, stands),
      any: found.limits.length > 0,
      answer: words.bunchingInWords(found, stands),
      basis: count(found.lines, found.kind === 'unknown' ? 'discount' : 'discretionary discount'),
      deals: found.limits[0] && behind(found.limits[0].limit),
      downloads: downloadDoors(
        { ...alone(asking) },
        { measures: ['lines'], by: ['discount_percent', 'discount_kind'] },
      ),
      limits: found.limits.map((one) => ({
        limit: one.limit,
        any: one.result.bunching !== null,
        answer: words.atLimitInWords(one, stands),
        note: words.atLimitNote(one, stands),
        drawing: drawing('bunching', rowsOf(one)),
        deals: behind(one.limit),
      })),
      explain: {
        ...explanationOf(warehouse, 'lines', request, scope, { n: found.lines, coverage: null, one: 'line' }),
        source:
          'Kleven & Waseem 2013, Quarterly Journal of Economics 128, 669–723; Kleven 2016, Annual Review of Economics 8, 435–464',
        notes: [
          'The counterfactual is a polynomial with effects for classes of round numbers, drawn without the limit’s window; the limit has no effect of its own.',
          `A discount of exactly the limit counts as ${found.inclusive ? 'within' : 'over'} it, as configured (limit_inclusive).`,
          'Interval by drawing deals anew.',
        ],
      },
    }),
  };
}
