import { Cache } from './cache.ts';
import { currentWarehouse } from './current.ts';
import { NoWarehouse } from './warehouse.ts';

interface Kept {
  status: number;
  headers: [string, string][];
  body: string;
}

/** Pages kept; a page is some 200 kB of text. */
const PAGES = 200;
const pages = new Cache<Kept>(PAGES);

/** What is no finished page of text is not kept. */
class NotKept extends Error {}

const isKept = (response: Response) => {
  const type = response.headers.get('content-type') ?? '';
  const isText = type.startsWith('text/html') || type.startsWith('application/json');
  return response.status === 200 && isText && !response.headers.has('set-cookie');
};

/**
 * A page as it was made for the same question on the same build, or made now. Two who ask at once wait for
 * one making. Errors, redirects and downloads are made every time.
 */
export async function rememberedPage(question: string, make: () => Promise<Response>): Promise<Response> {
  let stamp: string;
  try {
    stamp = (await currentWarehouse()).stamp;
  } catch (error) {
    if (error instanceof NoWarehouse) return make();
    throw error;
  }
  let passed: Response | undefined;
  try {
    const page = await pages.get(`${stamp} ${question}`, async () => {
      const response = await make();
      if (!isKept(response)) {
        passed = response;
        throw new NotKept();
      }
      return { status: response.status, headers: [...response.headers], body: await response.text() };
    });
    return new Response(page.body, { status: page.status, headers: page.headers });
  } catch (error) {
    if (!(error instanceof NotKept)) throw error;
    // Who waited for someone else's making that can't be shared makes their own.
    return passed ?? make();
  }
}
