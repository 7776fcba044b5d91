import { dealsHref, type Asking } from '$lib/asking/asking.ts';
import { carryAsked } from '$lib/design/frame.ts';
import type { MeasureBenchmark } from '$lib/questions/teams/teamBenchmarks.ts';
import type { TeamChoice } from '$lib/questions/teams/unitKinds.ts';
import { pageHref } from '$lib/records/links.ts';

/** Where the deals are that a measure counts; a forecast's own are listed on its page, where they add up to it. */
export function dealsBehind(
  id: MeasureBenchmark['measure']['id'],
  asking: Asking,
  { kind, discounts }: TeamChoice,
  url: URL,
): string {
  if (id === 'bias')
    return `${pageHref(new URL(carryAsked('/forecast', url.searchParams), url), 'by', kind.key)}#groups`;
  if (id === 'win') return dealsHref(asking, { is_closed: 'true' });
  const decided = id === 'discount' && discounts === 'discretionary';
  return dealsHref(asking, decided ? { discount_kind: 'discretionary' } : {});
}
