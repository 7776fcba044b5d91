import { json } from '@sveltejs/kit';
import { refusalOf } from '$lib/records/refusal.ts';

/** Says what can be mended as 400, that there is no data yet as 503; what is our fault goes on as a fault. */
export async function answering(work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    const { status, ...body } = refusal;
    return json(body, { status, headers: plain });
  }
}

/** Never kept by a cache in between, since the next build answers otherwise; never guessed to be a page. */
export const plain = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
