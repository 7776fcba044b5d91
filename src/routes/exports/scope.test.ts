import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { POST as cancel } from './cancel/+server.ts';
import { GET as settings } from './holdfast.yaml/+server.ts';
import { load as loading, actions as loadActions } from './loading/+page.server.ts';
import { load as mapping, actions as mappingActions } from './mapping/+page.server.ts';
import { load as page } from './+page.server.ts';
import { load as review, actions as reviewActions } from './review/+page.server.ts';
import { POST, PUT } from './upload/+server.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-scope-'));
beforeAll(() => {
  process.env.HOLDFAST_WAREHOUSE = join(folder, 'w.duckdb');
});
afterAll(() => {
  delete process.env.HOLDFAST_WAREHOUSE;
  rmSync(folder, { recursive: true });
});

const url = new URL('http://127.0.0.1/exports/upload?file=a.csv');
const event = {
  url,
  depends: () => {},
  locals: { scope: { kind: 'people', ids: ['P1'] } },
  request: new Request(url, {
    method: 'PUT',
    body: 'a',
    headers: { origin: url.origin, 'x-file-name': 'a.csv' },
  }),
} as never;

type Handler = (event: never) => unknown;
const handlers: Record<string, Handler> = {
  'the page': page as Handler,
  review: review as Handler,
  mapping: mapping as Handler,
  loading: loading as Handler,
  settings: settings as Handler,
  cancel: cancel as Handler,
  'a file': PUT as Handler,
  'a form of files': POST as Handler,
  ...(reviewActions as Record<string, Handler>),
  ...(mappingActions as Record<string, Handler>),
  load: loadActions.default as Handler,
};

it.each(Object.keys(handlers))('refuses %s to readers who do not see every deal', async (name) => {
  const status = await Promise.resolve()
    .then(() => handlers[name]!(event))
    .then(
      (answer) => (answer as Response).status,
      (thrown: { status?: number }) => thrown.status,
    );
  expect(status).toBe(403);
  expect(existsSync(join(folder, 'w.exports'))).toBe(false);
});
