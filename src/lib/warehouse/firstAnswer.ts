import { workingAside } from './aside.ts';
import { Cache } from './cache.ts';

/** How a request is answered: whole, or at first without what takes long, which the page then asks for itself. */
export interface FirstAnswer {
  mayWait: boolean;
  /** What is asked, of which build and by whom: the page, its data and what was begun share one working-out. */
  about?: string;
  /** Parts that were left for later; they are begun when the first answer is out. */
  left: (() => Promise<unknown>)[];
  /** Something went wrong that may go well the next time: the answer says so, and is not to be kept. */
  failed?: boolean;
}

/** Whether an answer has all that there is to say. */
export const isWhole = ({ left, failed }: FirstAnswer): boolean => left.length === 0 && !failed;

/** Whether a browser opens a page: somebody sees nothing until it is answered. */
export const opensPage = (request: Request, isDataRequest: boolean): boolean =>
  !isDataRequest && request.headers.get('sec-fetch-dest') === 'document';

/**
 * Whether whoever asks shows a page's frame and asks for the rest: a browser that opens a page. Programs, and readers
 * without scripts (`?whole`), are given all of it at once, and so is the page's own second question.
 */
export function firstAnswerTo(request: Request, url: URL, isDataRequest: boolean): FirstAnswer {
  return { mayWait: opensPage(request, isDataRequest) && !url.searchParams.has('whole'), left: [] };
}

/** What the pages last opened took long for: their pictures and tables, some hundred kB each. */
const found = new Cache<unknown>(24);

/** What takes long on a page, once a page: null where it shows its frame first. All at once where nobody says. */
export async function later<Found>(
  { firstAnswer }: { firstAnswer?: FirstAnswer },
  work: () => Promise<Found>,
): Promise<Found | null> {
  const about = firstAnswer?.about;
  const aside = () => workingAside(work);
  const shared = () => (about === undefined ? aside() : (found.get(about, aside) as Promise<Found>));
  if (!firstAnswer?.mayWait) return shared();
  firstAnswer.left.push(shared);
  return null;
}

/** Begins what was left, so that it is under way when the page asks for it. What fails is told to who asks then. */
export function beginLeft({ left }: FirstAnswer): void {
  setImmediate(() => {
    for (const work of left) work().catch(() => {});
  });
}

/** What pages are about whose frame was shown and whose rest nobody was told yet. */
const framed = new Set<string>();
const MOST_FRAMED = 200;

/**
 * Whether this answer ends a wait: a page was opened, and what it left for later is told now. Whoever opens it again
 * can then be given it whole.
 */
export function endsAWait(answer: FirstAnswer, isDataRequest: boolean): boolean {
  const { about, left } = answer;
  if (about === undefined) return false;
  if (left.length === 0) return isDataRequest && isWhole(answer) && framed.delete(about);
  framed.add(about);
  if (framed.size > MOST_FRAMED) framed.delete(framed.values().next().value!);
  return false;
}
