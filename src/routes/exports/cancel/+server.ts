import { redirect } from '@sveltejs/kit';
import { cancelLoad } from '$lib/exports/loading.ts';
import { placesFor } from '../places.ts';
import type { RequestHandler } from './$types';

/** Ends the load under way. What was published before stays as it is. */
export const POST: RequestHandler = ({ locals: { scope } }) => {
  cancelLoad(placesFor(scope));
  redirect(303, '/exports/loading');
};
