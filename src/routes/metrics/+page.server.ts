import { dictionary } from '$lib/records/dictionary.ts';
import { orRefuse } from '$lib/records/orRefuse.ts';
import { onceEach } from '$lib/records/refusal.ts';
import { currentWarehouse } from '$lib/warehouse/current.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url, locals: { scope } }) =>
  orRefuse(async () => {
    onceEach(url.searchParams);
    const wanted = (url.searchParams.get('q') ?? '').slice(0, 200);
    const warehouse = await currentWarehouse();
    const all = await dictionary(warehouse, '', scope);
    return {
      wanted,
      entries: wanted === '' ? all : await dictionary(warehouse, wanted, scope),
      measures: all.filter(({ kind }) => kind === 'measure').length,
      dimensions: all.filter(({ kind }) => kind === 'dimension').length,
      unknown: all
        .filter(({ kind, value }) => kind === 'measure' && value === null)
        .map(({ label }) => label),
    };
  });
