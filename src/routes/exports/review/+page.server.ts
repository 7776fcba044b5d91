import { existsSync } from 'node:fs';
import { fail, redirect } from '@sveltejs/kit';
import { lookedAt } from '$lib/exports/inspecting.ts';
import { forgetLoad, loadOf } from '$lib/exports/loading.ts';
import { modelTables } from '$lib/exports/model.ts';
import { isAnswer } from '$lib/exports/questions.ts';
import { missingTables, reviewedFile } from '$lib/exports/review.ts';
import { answerIn, changeSettings, companyOf, readSettings, setEntries } from '$lib/exports/settings.ts';
import { isElsewhere } from '$lib/exports/target.ts';
import { leaveOut, waitingFiles } from '$lib/exports/waiting.ts';
import { nextInWords, reviewFinding, reviewStandfirst } from '$lib/exports/words.ts';
import { loadedTables } from '$lib/records/loaded.ts';
import { orRefuse } from '$lib/records/orRefuse.ts';
import { currentWarehouse } from '$lib/warehouse/current.ts';
import { placesFor } from '../places.ts';
import type { Actions, PageServerLoad } from './$types';

/** Tables that were loaded before, where they are what is shown. */
async function tablesLoaded(): Promise<string[]> {
  const warehouse = isElsewhere() ? null : await currentWarehouse().catch(() => null);
  if (!warehouse) return [];
  const tables = await loadedTables(warehouse);
  return [...tables.values()].filter(({ rows }) => rows > 0).map(({ table_name: name }) => name);
}

export const load: PageServerLoad = ({ depends, locals: { scope } }) =>
  orRefuse(async () => {
    depends('holdfast:exports');
    const places = placesFor(scope);
    if (waitingFiles(places).length === 0) redirect(303, '/exports');
    const model = await modelTables();
    const { files, isLooking, fault } = lookedAt(places);
    const reviewed = files.map((file) => reviewedFile(file, model));
    const missing = missingTables(files, await tablesLoaded(), model);
    const company = companyOf(readSettings(places.settings));
    return {
      finding: fault ? 'The settings can’t be followed.' : reviewFinding(reviewed),
      standfirst: fault ? '' : reviewStandfirst(reviewed),
      fault,
      isLooking,
      files: reviewed,
      missing: isLooking ? [] : missing,
      next: isLooking ? '' : nextInWords(missing),
      company,
      currencies: Intl.supportedValuesOf('currency'),
      zones: ['UTC', ...Intl.supportedValuesOf('timeZone')],
      canLoad:
        !isLooking &&
        !fault &&
        reviewed.some(({ standing }) => standing === 'ready') &&
        !reviewed.some(({ standing }) => standing === 'question'),
      isLoading: loadOf(places)?.state === 'running',
      hasSettings: existsSync(places.settings),
    };
  });

const said = (form: FormData, name: string) => {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
};

export const actions: Actions = {
  /** Settles what is asked of all files alike. */
  answer: async ({ request, locals: { scope } }) => {
    const places = placesFor(scope);
    const form = await request.formData();
    const setting = said(form, 'setting');
    const value = said(form, 'value');
    if (!isAnswer(setting, value)) return fail(400, { message: 'That is none of the answers.' });
    forgetLoad(places);
    changeSettings(places.settings, (settings) => answerIn(settings, setting, value));
    redirect(303, '/exports/review');
  },
  /** Reads a file as one of the exports that it could be. */
  choose: async ({ request, locals: { scope } }) => {
    const places = placesFor(scope);
    const form = await request.formData();
    const { files } = lookedAt(places);
    const path = said(form, 'path');
    const looked = files.flatMap(({ found }) => found ?? []).find((one) => one.path === path);
    const proposal = looked?.preview.proposals[Number(said(form, 'proposal'))];
    if (!proposal) return fail(400, { message: 'The file has changed meanwhile. Look again.' });
    forgetLoad(places);
    changeSettings(places.settings, (settings) => setEntries(settings, path, proposal.entries));
    redirect(303, '/exports/review');
  },
  /** Leaves a file out. */
  remove: async ({ request, locals: { scope } }) => {
    const places = placesFor(scope);
    if (loadOf(places)?.state === 'running')
      return fail(409, { message: 'A load is under way. Cancel it first, or wait.' });
    forgetLoad(places);
    leaveOut(places, said(await request.formData(), 'file'));
    redirect(303, '/exports/review');
  },
};
