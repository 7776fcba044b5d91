import { json } from '@sveltejs/kit';
import { BadRequest } from '$lib/metrics/badRequest.ts';
import { onceEach } from '$lib/records/refusal.ts';
import { search } from '$lib/records/search.ts';
import { currentWarehouse } from '$lib/warehouse/current.ts';
import { answering, plain } from '../answering.ts';
import type { RequestHandler } from './$types';

/** `{ hits }` for what was typed as `q`. */
export const GET: RequestHandler = ({ url, locals }) =>
  answering(async () => {
    onceEach(url.searchParams);
    for (const name of url.searchParams.keys())
      if (name !== 'q') throw new BadRequest(name, `"${name}" is not known.`, ['q']);
    const hits = await search(await currentWarehouse(), url.searchParams.get('q') ?? '', locals.scope);
    return json({ hits }, { headers: plain });
  });
