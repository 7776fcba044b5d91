import { orRefuse } from '$lib/records/orRefuse.ts';
import { onceEach } from '$lib/records/refusal.ts';
import { search } from '$lib/records/search.ts';
import { currentWarehouse } from '$lib/warehouse/current.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url, locals }) =>
  orRefuse(async () => {
    onceEach(url.searchParams);
    const typed = (url.searchParams.get('q') ?? '').trim().slice(0, 200);
    return { typed, hits: await search(await currentWarehouse(), typed, locals.scope) };
  });
