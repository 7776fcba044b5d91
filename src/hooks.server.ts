import type { Handle } from '@sveltejs/kit';
import { everything } from '$lib/metrics/request.ts';

/** Who asks, and so what they may see: part of every request from the first day, though all may see all as yet. */
export const handle: Handle = ({ event, resolve }) => {
  event.locals.scope = everything;
  return resolve(event);
};
