import type { RequestEvent } from '@sveltejs/kit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { handle, handleError } from './hooks.server.ts';

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

/** Asks for a page, and says which pages were made ahead after it. */
async function madeAhead(address: string, isDataRequest: boolean, fails = false): Promise<unknown[]> {
  const asked: unknown[] = [];
  const url = new URL(address, 'http://127.0.0.1');
  const locals = {} as App.Locals;
  const request = new Request(url, { headers: { host: 'localhost:4173', 'sec-fetch-dest': 'document' } });
  const fetch = async (path: string, { headers }: RequestInit) => {
    asked.push([path, headers]);
    return new Response('page');
  };
  const event = { url, locals, isDataRequest, request, fetch, route: { id: '/teams' } };
  const resolve = async () => {
    if (!isDataRequest) locals.firstAnswer.left.push(async () => 7);
    if (fails)
      await handleError({ error: 'no', event: event as unknown as RequestEvent, status: 500, message: '' });
    return new Response('answered');
  };
  await handle({ event: event as unknown as RequestEvent, resolve });
  await vi.runAllTimersAsync();
  return asked;
}

describe('a page is made ahead', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('when the rest of it was told, however its address is written', async () => {
    expect(await madeAhead('/teams?lost=0,10', false)).toEqual([]);
    expect(await madeAhead('/teams?lost=0%2C20', true)).toEqual([]);
    expect(await madeAhead('/teams?lost=0%2C10', true)).toEqual([
      ['/teams?lost=0%2C10', { host: 'localhost:4173' }],
    ]);
    expect(await madeAhead('/teams?lost=0%2C10', true)).toEqual([]);
  });

  it('not when the rest failed, which may go well the next time', async () => {
    const log = vi.spyOn(console, 'error').mockReturnValue();
    expect(await madeAhead('/teams?period=2026', false)).toEqual([]);
    expect(await madeAhead('/teams?period=2026', true, true)).toEqual([]);
    expect(log).toHaveBeenCalledWith('no');
    expect(await madeAhead('/teams?period=2026', true)).toHaveLength(1);
    log.mockRestore();
  });
});
