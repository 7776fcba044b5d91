import { error } from '@sveltejs/kit';
import { NotYours } from '$lib/access/notYours.ts';
import type { Places } from '$lib/exports/places.ts';
import { targetPlaces } from '$lib/exports/target.ts';
import type { Scope } from '$lib/metrics/request.ts';

/** Where this reader may add and load exports; answers 403 to those who do not see everything. */
export function placesFor(scope: Scope): Places {
  try {
    return targetPlaces(scope);
  } catch (thrown) {
    if (!(thrown instanceof NotYours)) throw thrown;
    error(403, {
      message: 'Exports are added by readers who see every deal.',
      remedy: 'Ask someone who does.',
    });
  }
}
