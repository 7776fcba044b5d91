import { Cache } from './cache.ts';
import { currentWarehouse } from './current.ts';
import { NoWarehouse } from './warehouse.ts';

interface Kept {
  status: number;
  headers: [string, string][];
  /** As it is sent: text would be written as bytes anew each time. */
  body: ArrayBuffer;
}

/** Pages kept; a page is some 200 kB. */
const PAGES = 200;
const pages = new Cache<Kept>(PAGES);

/** What is no finished page of text is not kept. */
class NotKept extends Error {}

const isKept = (response: Response) => {
  const type = response.headers.get('content-type') ?? '';
  const isText = type.startsWith('text/html') || type.startsWith('application/json');
  return response.status === 200 && isText && !response.headers.has('set-cookie');
};

async function stampNow(): Promise<string | null> {
  try {
    return (await currentWarehouse()).stamp;
  } catch (error) {
    if (error instanceof NoWarehouse) return null;
    throw error;
  }
}

/** Questions whose pages were made whole, in the order they were asked first. */
const workedOut = new Set<string>();
const MOST_WORKED_OUT = 2000;

/** What is asked, of the build that is published now. */
export const ofThisBuild = async (question: string) => `${await stampNow()} ${question}`;

/** Whether a page about this was made whole, so that what takes long for it is known. */
export const isWorkedOut = (about: string): boolean => workedOut.has(about);

export interface Made {
  response: Response;
  /** A part of a page is not kept: asked again, there is more to show. */
  isWhole: boolean;
}

/**
 * A page (or its data: `as`) as it was made about the same (`ofThisBuild`), or made now. Two who ask at once wait
 * for one making. Errors, redirects, downloads and parts of pages are made every time.
 */
export async function rememberedPage(
  about: string,
  as: string,
  make: () => Promise<Made>,
): Promise<Response> {
  if ((await stampNow()) === null) return (await make()).response;
  let passed: Response | undefined;
  try {
    const page = await pages.get(`${about} ${as}`, async () => {
      const { response, isWhole } = await make();
      if (!isWhole || !isKept(response)) {
        passed = response;
        throw new NotKept();
      }
      workedOut.add(about);
      if (workedOut.size > MOST_WORKED_OUT) workedOut.delete(workedOut.values().next().value!);
      return { status: response.status, headers: [...response.headers], body: await response.arrayBuffer() };
    });
    return new Response(page.body, { status: page.status, headers: page.headers });
  } catch (error) {
    if (!(error instanceof NotKept)) throw error;
    // Who waited for someone else's making that can't be shared makes their own.
    return passed ?? (await make()).response;
  }
}
