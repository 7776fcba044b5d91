import { error } from '@sveltejs/kit';
import { alone, downloadDoors, readAsking } from '$lib/asking/asking.ts';
import { periodWords } from '$lib/asking/periodWords.ts';
import { count, moneyInWords } from '$lib/design/formats.ts';
import { behind, MOST_ROWS } from '$lib/questions/waterfall/behind.ts';
import { orRefuse } from '$lib/records/orRefuse.ts';
import { currentWarehouse } from '$lib/warehouse/current.ts';
import type { PageServerLoad } from './$types';

/** The bills, or what was given back outside of them, that a bar of the waterfall sums. */
export const load: PageServerLoad = ({ url, locals: { scope } }) =>
  orRefuse(async () => {
    const warehouse = await currentWarehouse();
    const { currency } = warehouse.build;
    const asking = await readAsking(url.searchParams, warehouse);
    const bar = url.searchParams.get('bar') ?? 'rebates';
    const found = await behind(warehouse, asking, bar, scope);
    if (!found) error(404, { message: 'No bar has this name.', remedy: 'Open it from the price waterfall.' });
    const back = new URLSearchParams(url.searchParams);
    back.delete('bar');
    const about = { label: found.label, definition: found.definition, back: `/discounts?${back}#waterfall` };
    if (!('rows' in found))
      return { ...about, headline: `${found.label}: not known by what is filtered for.`, found: null };
    const { label, rows, columns, total, count: all, by, measures } = found;
    const when = periodWords(asking).now;
    return {
      ...about,
      headline: `${label}${when === null ? '' : ` in ${when}`}: ${all === 0 ? 'none on record' : moneyInWords(total, currency)}.`,
      found: {
        ...{ rows, columns, currency },
        answer:
          all > MOST_ROWS
            ? `The largest ${MOST_ROWS} of ${count(all, 'row')} are shown; the files have all.`
            : `${count(all, 'row')}, the largest first.`,
        basis: count(all, 'row'),
        downloads: downloadDoors(alone(asking), { measures, by }),
      },
    };
  });
