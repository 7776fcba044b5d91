import { json, redirect } from '@sveltejs/kit';
import { NotYours } from '$lib/access/notYours.ts';
import { forgetLoad, loadOf } from '$lib/exports/loading.ts';
import { partsOf } from '$lib/exports/multipart.ts';
import { receive } from '$lib/exports/receive.ts';
import { Refused } from '$lib/exports/refused.ts';
import { beginSettings, targetPlaces } from '$lib/exports/target.ts';
import type { Scope } from '$lib/metrics/request.ts';
import type { RequestHandler } from './$types';

async function* nothing(): AsyncGenerator<Uint8Array, void, undefined> {}

/** Where uploads go, once it is sure that the request comes from a page of ours. */
async function openFor(request: Request, url: URL, scope: Scope) {
  if (request.headers.get('origin') !== url.origin)
    throw new Refused(403, 'Files are taken from pages of this dashboard only.');
  const places = targetPlaces(scope);
  if (loadOf(places)?.state === 'running')
    throw new Refused(409, 'A load is under way. Add more when it is done.');
  forgetLoad(places);
  await beginSettings(places);
  return places;
}

const bodyOf = (request: Request) => (request.body as AsyncIterable<Uint8Array> | null) ?? nothing();

/** The file's name, which travels as percent codes. */
function nameIn(request: Request): string {
  try {
    return decodeURIComponent(request.headers.get('x-file-name') ?? '');
  } catch {
    throw new Refused(400, 'The file’s name can’t be read.');
  }
}

const refusal = (error: unknown) => {
  if (error instanceof NotYours) return new Refused(403, error.message);
  if (error instanceof Refused) return error;
  if (/^(EACCES|EPERM|EROFS)$/.test((error as NodeJS.ErrnoException).code ?? ''))
    return new Refused(507, 'The folder beside the warehouse can’t be written to. Change its permissions.');
  // The browser went away in the middle.
  if (/abort|premature|closed/i.test(String(error)))
    return new Refused(400, 'The file did not arrive whole.');
  return null;
};

/** One file as it is, sent by the page's own script; its name stands in a header. */
export const PUT: RequestHandler = async ({ request, url, locals: { scope } }) => {
  try {
    const places = await openFor(request, url, scope);
    const name = await receive(places, {
      name: nameIn(request),
      size: Number(request.headers.get('content-length') ?? Number.NaN) || undefined,
      changed: Number(request.headers.get('x-file-changed') ?? Number.NaN),
      body: bodyOf(request),
    });
    return json({ name });
  } catch (error) {
    const refused = refusal(error);
    if (!refused) throw error;
    return json({ error: refused.message }, { status: refused.status });
  }
};

/** Files as a plain form sends them, for browsers without scripts. */
export const POST: RequestHandler = async ({ request, url, locals: { scope } }) => {
  let taken = 0;
  try {
    const places = await openFor(request, url, scope);
    for await (const part of partsOf(request.headers.get('content-type') ?? '', bodyOf(request))) {
      // A file field that nothing was chosen in comes without a name.
      if (part.fileName === null || part.fileName === '') continue;
      await receive(places, { name: part.fileName, body: part.body });
      taken += 1;
    }
  } catch (error) {
    const refused = refusal(error);
    if (!refused) throw error;
    if (refused.status === 403) return new Response(refused.message, { status: 403 });
    redirect(303, `/exports?refused=${encodeURIComponent(refused.message)}`);
  }
  redirect(303, taken > 0 ? '/exports/review' : '/exports');
};
