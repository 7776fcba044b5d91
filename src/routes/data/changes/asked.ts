import { BadRequest } from '$lib/metrics/badRequest.ts';
import { buildNamed, type KeptBuild } from '$lib/records/data/builds.ts';
import type { WhichDeals } from '$lib/records/data/changes/deals.ts';
import { causeNames } from '$lib/records/data/changes/words.ts';

/** The builds that the address names; without names the published one and the one made before it. */
export function pairAsked(
  builds: readonly KeptBuild[],
  search: URLSearchParams,
): { before: KeptBuild; after: KeptBuild } | null {
  const published = builds.find(({ isPublished }) => isPublished);
  const [from, to] = ['from', 'to'].map((name) => {
    const id = search.get(name);
    return id === null ? undefined : buildNamed(builds, id, name);
  });
  const olderThan = (build: KeptBuild | undefined) =>
    builds.find((other) => build && other.built_at < build.built_at);
  // After going back to the first of all, it is held against the newest.
  const after = to ?? (olderThan(published) || from ? published : builds[0]);
  const before = from ?? olderThan(after);
  return before && after ? { before, after } : null;
}

/** Which deals are listed: those of a cause, those of a fiscal quarter, or all. */
export function whichDeals(search: URLSearchParams): WhichDeals {
  const cause = search.get('cause');
  if (cause !== null && !causeNames.includes(cause))
    throw new BadRequest('cause', `"${cause}" is no cause.`, causeNames);
  return { cause, quarter: search.get('quarter') };
}
