import type { SearchHit } from './frame.ts';

/** The hits for what was typed; none where the search can't be reached or was given up. */
export async function fetchHits(text: string, signal: AbortSignal): Promise<SearchHit[]> {
  try {
    const answer = await fetch(`/api/search?${new URLSearchParams({ q: text })}`, { signal });
    if (!answer.ok) return [];
    const { hits } = (await answer.json()) as { hits: SearchHit[] };
    return hits;
  } catch {
    return [];
  }
}
