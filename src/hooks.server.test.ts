import type { RequestEvent } from '@sveltejs/kit';
import { expect, it } from 'vitest';
import { handle } from './hooks.server.ts';

async function ask(host: string | null): Promise<{ response: Response; locals: App.Locals }> {
  const headers = new Headers(host === null ? {} : { host });
  const url = new URL('http://127.0.0.1/api/query');
  const locals = {} as App.Locals;
  const event = { url, locals, route: { id: '/api/query' }, request: new Request(url, { headers }) };
  const resolve = () => new Response('answered');
  return { response: await handle({ event: event as unknown as RequestEvent, resolve }), locals };
}

it.each(['127.0.0.1', '127.0.0.1:4173', 'localhost:80', 'LOCALHOST'])('answers to %s', async (host) => {
  const { response, locals } = await ask(host);
  expect(await response.text()).toBe('answered');
  expect(locals.scope).toEqual({ kind: 'everything' });
});

it.each([
  'evil.example',
  '127.0.0.1.evil.example',
  'evil.example:127.0.0.1',
  'localhost.evil.example:80',
  'localhost:80:80',
  'xlocalhost',
  '10.0.0.1',
  '',
  null,
])('answers nobody who calls it %s', async (host) => {
  const { response } = await ask(host);
  expect(response.status).toBe(403);
  expect(await response.text()).toBe('Holdfast answers to 127.0.0.1 and localhost only.\n');
});
