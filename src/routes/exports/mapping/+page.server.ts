import { error, fail, redirect } from '@sveltejs/kit';
import { fileOf, foundAt } from '$lib/exports/inspecting.ts';
import { forgetLoad } from '$lib/exports/loading.ts';
import { entriesOfForm, lackingIn } from '$lib/exports/mappingForm.ts';
import { mappedTables, suggested } from '$lib/exports/mappingView.ts';
import { modelTables } from '$lib/exports/model.ts';
import type { Places } from '$lib/exports/places.ts';
import { Refused } from '$lib/exports/refused.ts';
import { rowIs } from '$lib/exports/rowWords.ts';
import { changeSettings, entriesFor, readSettings, setEntries, type Entry } from '$lib/exports/settings.ts';
import { beginSettings } from '$lib/exports/target.ts';
import { tryMapping } from '$lib/exports/tryMapping.ts';
import { orRefuse } from '$lib/records/orRefuse.ts';
import { placesFor } from '../places.ts';
import type { Actions, PageServerLoad } from './$types';

function pathOf(places: Places, url: URL): string {
  const path = url.searchParams.get('file') ?? '';
  if (!fileOf(places, path))
    error(404, { message: `No file ${path} is waiting.`, remedy: 'Add it again, or choose another.' });
  return path;
}

/** How the file is read as it stands: by what was said, by what it is, or by what it might be. */
function standingEntries(places: Places, path: string, url: URL): { entries: Entry[]; isSaid: boolean } {
  const proposed = url.searchParams.get('proposal');
  const found = foundAt(places, path);
  if (proposed !== null)
    return { entries: found?.preview.proposals[Number(proposed)]?.entries ?? [], isSaid: false };
  const said = entriesFor(readSettings(places.settings), path);
  if (said.length > 0) return { entries: said, isSaid: true };
  return { entries: found?.preview.entries ?? [], isSaid: false };
}

export const load: PageServerLoad = ({ depends, url, locals: { scope } }) =>
  orRefuse(async () => {
    depends('holdfast:exports');
    const places = placesFor(scope);
    const name = pathOf(places, url);
    const model = await modelTables();
    const looked = foundAt(places, name);
    const { entries, isSaid } = standingEntries(places, name, url);
    const isProposed = url.searchParams.has('proposal') && looked !== null;
    const found = isProposed ? await tryMapping(places, name, entries) : looked;
    return {
      name,
      isLooking: looked === null,
      isSaid,
      columns: found?.preview.columns ?? [],
      tables: mappedTables(entries, found, model),
      settings: { date_order: entries[0]?.date_order ?? '', decimal_mark: entries[0]?.decimal_mark ?? '' },
      reason: found?.unread_reason ?? null,
      lacking: [] as string[],
      choices: model.map(({ table, one_row_is }) => ({ table, label: rowIs(one_row_is) })),
    };
  });

/** Reads the form and shows what would come of it; `save` keeps it where nothing is lacking. */
async function tried(url: URL, request: Request, places: Places, isSaving: boolean) {
  const name = pathOf(places, url);
  const model = await modelTables();
  let entries: Entry[];
  try {
    entries = entriesOfForm(await request.formData(), name, model);
  } catch (thrown) {
    if (thrown instanceof Refused) return fail(400, { message: thrown.message });
    throw thrown;
  }
  const looked = foundAt(places, name);
  entries = suggested(entries, looked);
  const lacking = lackingIn(entries, model);
  const found = lacking.length > 0 ? looked : await tryMapping(places, name, entries);
  const isReadable = lacking.length === 0 && found?.unread_reason === null;
  if (isSaving && isReadable) {
    await beginSettings(places);
    forgetLoad(places);
    changeSettings(places.settings, (settings) => setEntries(settings, name, entries));
    redirect(303, '/exports/review');
  }
  const shown = {
    columns: looked?.preview.columns ?? [],
    tables: mappedTables(entries, lacking.length > 0 ? null : found, model),
    settings: { date_order: entries[0]?.date_order ?? '', decimal_mark: entries[0]?.decimal_mark ?? '' },
    reason: lacking.length > 0 ? null : (found?.unread_reason ?? null),
    lacking,
  };
  return isSaving ? fail(400, shown) : shown;
}

export const actions: Actions = {
  show: ({ url, request, locals: { scope } }) => tried(url, request, placesFor(scope), false),
  save: ({ url, request, locals: { scope } }) => tried(url, request, placesFor(scope), true),
  /** Leaves it to what the file is recognised as. */
  forget: ({ url, locals: { scope } }) => {
    const places = placesFor(scope);
    const name = pathOf(places, url);
    forgetLoad(places);
    changeSettings(places.settings, (settings) => setEntries(settings, name, []));
    redirect(303, '/exports/review');
  },
};
