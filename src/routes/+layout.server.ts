import { readAsking } from '$lib/asking/asking.ts';
import { emptyFrame, frameOf } from '$lib/asking/frame.ts';
import { askedSentence } from '$lib/asking/sentence.ts';
import { standardPeriodOf } from '$lib/design/pages.ts';
import { BadRequest } from '$lib/metrics/badRequest.ts';
import { currentWarehouse } from '$lib/warehouse/current.ts';
import { NoWarehouse } from '$lib/warehouse/warehouse.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ url, locals: { scope } }) => {
  try {
    const warehouse = await currentWarehouse();
    // A page says itself what it can't read in its address; the frame around it then asks about the default.
    const standard = standardPeriodOf(url.pathname);
    const asking = await readAsking(url.searchParams, warehouse, standard).catch((error: unknown) => {
      if (error instanceof BadRequest) return readAsking(new URLSearchParams(), warehouse, standard);
      throw error;
    });
    return { frame: await frameOf(warehouse, await askedSentence(url, warehouse, asking, scope), scope) };
  } catch (error) {
    if (error instanceof NoWarehouse) return { frame: emptyFrame };
    throw error;
  }
};
