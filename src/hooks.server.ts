import type { Handle } from '@sveltejs/kit';
import { isOwnName, ownNamesOnly } from '$lib/access/ownName.ts';
import { everything } from '$lib/access/scope.ts';
import { rememberedPage } from '$lib/warehouse/rememberedPage.ts';

const refused = { status: 403, headers: { 'content-type': 'text/plain; charset=utf-8' } };

/** Who asks, and so what they may see: part of every request from the first day, though all may see all as yet. */
export const handle: Handle = ({ event, resolve }) => {
  // `holdfast serve` asks this too; here it holds for the built app however it is run.
  if (!isOwnName(event.request.headers.get('host'))) return new Response(ownNamesOnly, refused);
  event.locals.scope = everything;
  const { request, url, locals, isDataRequest } = event;
  // A build never changes, so neither does a page of it for one scope; whether it can be read is asked each time.
  const route = event.route.id;
  // The questionnaire says which answers wait for the next build.
  const isPage =
    route !== null &&
    !/^\/(api|healthz|maturity\/questionnaire)(\/|$)/.test(route) &&
    request.method === 'GET';
  if (!isPage) return resolve(event);
  const question = JSON.stringify([isDataRequest, url.pathname, url.search, locals.scope]);
  return rememberedPage(question, async () => resolve(event));
};
