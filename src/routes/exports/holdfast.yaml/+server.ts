import { readSettings, settingsText } from '$lib/exports/settings.ts';
import { placesFor } from '../places.ts';
import type { RequestHandler } from './$types';

/** What was decided, as the `holdfast.yaml` that a folder of such exports needs. */
export const GET: RequestHandler = ({ locals: { scope } }) =>
  new Response(settingsText(readSettings(placesFor(scope).settings)), {
    headers: {
      'content-type': 'application/yaml; charset=utf-8',
      'content-disposition': 'attachment; filename="holdfast.yaml"',
      'cache-control': 'no-store',
    },
  });
