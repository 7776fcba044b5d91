import type { RequestEvent } from '@sveltejs/kit';
import { expect, it, vi } from 'vitest';
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

/** Whether a page asked for in this way may show its frame first. */
async function mayWait(path: string, headers: Record<string, string>, isDataRequest = false) {
  const url = new URL(path, 'http://127.0.0.1');
  const locals = {} as App.Locals;
  const request = new Request(url, { headers: { host: '127.0.0.1', ...headers } });
  const event = { url, locals, isDataRequest, route: { id: '/api/query' }, request };
  await handle({ event: event as unknown as RequestEvent, resolve: () => new Response('answered') });
  return locals.firstAnswer.mayWait;
}

it('lets a browser that opens a page wait for what takes long, and nobody else', async () => {
  const opens = { 'sec-fetch-dest': 'document' };
  expect(await mayWait('/teams', opens)).toBe(true);
  expect(await mayWait('/teams', {})).toBe(false);
  expect(await mayWait('/teams', { 'sec-fetch-dest': 'empty' })).toBe(false);
  expect(await mayWait('/teams?period=2026&whole', opens)).toBe(false);
  expect(await mayWait('/teams', opens, true)).toBe(false);
});

it('makes a page ahead when the rest of it was told', async () => {
  vi.useFakeTimers();
  const asked: [string, unknown][] = [];
  const ask = async (isDataRequest: boolean) => {
    const url = new URL('http://127.0.0.1/teams?period=2026');
    const locals = {} as App.Locals;
    const request = new Request(url, { headers: { host: 'localhost:4173', 'sec-fetch-dest': 'document' } });
    const fetch = async (path: string, { headers }: RequestInit) => {
      asked.push([path, headers]);
      return new Response('page');
    };
    const event = { url, locals, isDataRequest, request, fetch, route: { id: '/teams' } };
    const resolve = () => {
      if (!isDataRequest) locals.firstAnswer.left.push(async () => 7);
      return new Response('answered');
    };
    await handle({ event: event as unknown as RequestEvent, resolve });
  };
  await ask(false);
  await vi.runAllTimersAsync();
  expect(asked).toEqual([]);
  await ask(true);
  await vi.runAllTimersAsync();
  expect(asked).toEqual([['/teams?period=2026', { host: 'localhost:4173' }]]);
  vi.useRealTimers();
});
