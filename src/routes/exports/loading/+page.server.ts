import { fail, redirect } from '@sveltejs/kit';
import { loadOf, startLoad } from '$lib/exports/loading.ts';
import { changeSettings, setCompany } from '$lib/exports/settings.ts';
import { beginSettings, showLoaded } from '$lib/exports/target.ts';
import { waitingFiles } from '$lib/exports/waiting.ts';
import { orRefuse } from '$lib/records/orRefuse.ts';
import { placesFor } from '../places.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ depends, locals: { scope } }) =>
  orRefuse(async () => {
    depends('holdfast:exports');
    const places = placesFor(scope);
    const load = loadOf(places);
    if (load?.state === 'published') redirect(303, '/');
    if (!load) redirect(303, waitingFiles(places).length > 0 ? '/exports/review' : '/exports');
    return { load, seconds: Math.round((Date.now() - load.startedAt) / 1000) };
  });

const said = (form: FormData, name: string) => {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
};

export const actions: Actions = {
  /** Loads what waits, by the settings that go with it. */
  default: async ({ request, locals: { scope } }) => {
    const places = placesFor(scope);
    if (loadOf(places)?.state === 'running') redirect(303, '/exports/loading');
    const form = await request.formData();
    const currency = said(form, 'currency');
    const month = Number(said(form, 'fiscal_year_start'));
    const zone = said(form, 'time_zone');
    await beginSettings(places);
    if (currency !== '') {
      const isKnown =
        Intl.supportedValuesOf('currency').includes(currency) &&
        Number.isInteger(month) &&
        month >= 1 &&
        month <= 12 &&
        ['UTC', ...Intl.supportedValuesOf('timeZone')].includes(zone);
      if (!isKnown)
        return fail(400, { message: 'Choose the currency, the month and the zone from the lists.' });
      changeSettings(places.settings, (settings) =>
        setCompany(settings, { currency, fiscal_year_start: month, time_zone: zone }),
      );
    }
    startLoad(places, () => showLoaded(places));
    redirect(303, '/exports/loading');
  },
};
