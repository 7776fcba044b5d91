import type { Handle, HandleServerError, RequestEvent } from '@sveltejs/kit';
import { isCounting } from '$lib/answers/countAnswers.ts';
import { givenStamp } from '$lib/answers/waiting.ts';
import { refusedBody } from '$lib/access/bodySize.ts';
import { answering } from '$lib/charts/sentAsData.ts';
import { isOwnName, ownNamesOnly } from '$lib/access/ownName.ts';
import { everything } from '$lib/access/scope.ts';
import { buildsStamp } from '$lib/warehouse/builds.ts';
import { warehouseFile } from '$lib/warehouse/current.ts';
import { beginLeft, endsAWait, firstAnswerTo, isWhole, opensPage } from '$lib/warehouse/firstAnswer.ts';
import { whenNobodyWaits, whileWaitedFor } from '$lib/warehouse/meanwhile.ts';
import { isWorkedOut, ofThisBuild, rememberedPage } from '$lib/warehouse/rememberedPage.ts';

const refused = { status: 403, headers: { 'content-type': 'text/plain; charset=utf-8' } };

/** Makes a page whose parts are all worked out, so that it is at hand when it is opened again. */
function makeAhead({ fetch, url, request }: RequestEvent): void {
  const headers = { host: request.headers.get('host') ?? '' };
  whenNobodyWaits(
    async () => void (await (await fetch(url.pathname + url.search, { headers })).arrayBuffer()),
  );
}

/** A form is made with an id of its own, by which sending it twice shows. */
const hasForm = (route: string, url: URL) => route === '/findings' && url.searchParams.has('open');

/** A mark of what a page tells of beside the published build: other builds, and decisions that wait for the next. */
function besidesTheBuild(route: string): string | null {
  if (route.startsWith('/data')) return buildsStamp(warehouseFile());
  if (route === '/findings') return `${isCounting()} ${givenStamp(warehouseFile())}`;
  return null;
}

/** Who asks, and so what they may see: part of every request from the first day, though all may see all as yet. */
export const handle: Handle = async ({ event, resolve }) => {
  // `holdfast serve` asks this too; here it holds for the built app however it is run.
  if (!isOwnName(event.request.headers.get('host'))) return new Response(ownNamesOnly, refused);
  const tooMuch = refusedBody(event.request, event.url.pathname);
  if (tooMuch) return new Response(tooMuch.said, { ...refused, status: tooMuch.status });
  const { request, url, locals, isDataRequest } = event;
  locals.scope = everything;
  locals.firstAnswer = firstAnswerTo(request, url, isDataRequest);
  const answer = () => answering(isDataRequest, async () => resolve(event));
  // A build never changes, so neither does a page of it for one scope; whether it can be read is asked each time.
  const route = event.route.id;
  // The questionnaire says which answers wait for the next build; exports are of the next one altogether.
  const isPage =
    route !== null &&
    !/^\/(api|healthz|exports|maturity\/questionnaire)(\/|$)/.test(route) &&
    !hasForm(route, url) &&
    request.method === 'GET';
  if (!isPage) return answer();
  const kept = besidesTheBuild(route);
  // A page's own second question writes what is asked in its own way: %2C for a comma.
  const asked = new URLSearchParams(url.search).toString();
  const about = await ofThisBuild(JSON.stringify([url.pathname, asked, locals.scope, kept]));
  locals.firstAnswer.about = about;
  // Data of a page may be asked for in part: of what the browser does not hold already.
  const parts = new URL(request.url).searchParams.get('x-sveltekit-invalidated') ?? '';
  // What was worked out before is at hand: the page is made whole.
  if (isWorkedOut(about)) locals.firstAnswer.mayWait = false;
  const page = () =>
    rememberedPage(about, isDataRequest ? `data ${parts}` : 'page', async () => {
      const response = await answer();
      beginLeft(locals.firstAnswer);
      if (endsAWait(locals.firstAnswer, isDataRequest)) makeAhead(event);
      return { response, isWhole: isWhole(locals.firstAnswer) };
    });
  return opensPage(request, isDataRequest) ? whileWaitedFor(page) : page();
};

/** What nobody expected is written to the log; as a page's data it comes with status 200, and must not be kept. */
export const handleError: HandleServerError = ({ error, event, status, message }) => {
  if (event.locals.firstAnswer) event.locals.firstAnswer.failed = true;
  if (status !== 404) console.error(error);
  return { message };
};
