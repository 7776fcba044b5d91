import { expect, it } from 'vitest';
import { everything } from '$lib/metrics/request.ts';
import { GET as health } from '../healthz/+server.ts';
import { GET as query } from './query/+server.ts';

it('says 503 while no build is published, and not that it is our fault', async () => {
  process.env.HOLDFAST_WAREHOUSE = '/nowhere/at-all.duckdb';
  const url = new URL('http://127.0.0.1/api/query?measures=deals');
  for (const handler of [health, query]) {
    const answer = await handler({ url, locals: { scope: everything } } as never);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toHaveProperty('error');
  }
});
