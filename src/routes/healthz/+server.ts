import { json } from '@sveltejs/kit';
import { answerSample } from '$lib/records/sample.ts';
import { currentWarehouse } from '$lib/warehouse/current.ts';
import { plain } from '../api/answering.ts';
import type { RequestHandler } from './$types';

/** 200 with the build's id when queries can be answered, 503 when not. */
export const GET: RequestHandler = async () => {
  try {
    const warehouse = await currentWarehouse();
    await answerSample(warehouse);
    return json({ build_id: warehouse.build.build_id }, { headers: plain });
  } catch {
    return json(
      { error: 'No query can be answered: no build is published.' },
      { status: 503, headers: plain },
    );
  }
};
